// How the team stands at this moment, for leads and for the screen on the wall: people, queues, and what waits why.
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type PersonNow, type TeamNow, teamNowQuery } from "@/api/teamNow";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { HandOverDialog } from "./HandOverDialog";
import { Numbers } from "./Numbers";
import { PersonCard } from "./PersonCard";
import { Queues } from "./Queues";
import classes from "./TeamNow.module.css";
import { useTeamNowLive } from "./useTeamNowLive";

export function TeamNowPage() {
  const { t } = useTranslation("teamnow");
  const { account, can } = useMe();
  useDocumentTitle(`${t("title")} · ${account.name}`);
  return (
    <div className={classes.page}>
      <div className={classes.content}>{can.lead ? <Live /> : <Note tone="warn">{t("none")}</Note>}</div>
    </div>
  );
}

function Live() {
  const { t } = useTranslation("teamnow");
  const now = useQuery(teamNowQuery());
  useTeamNowLive();
  if (now.error && !now.data) return <Note tone="bad">{explain(now.error, t)}</Note>;
  return now.data ? <Board now={now.data} /> : <PageLoading />;
}

function Board({ now }: { now: TeamNow }) {
  const { t, i18n } = useTranslation("teamnow");
  const { can } = useMe();
  const [leaving, setLeaving] = useState<PersonNow | null>(null);
  const mayManage = can.manage_availability;
  const people = inOrder(now.people, i18n.language);
  return (
    <>
      <header className={classes.head}>
        <div>
          <h1 className={classes.title}>{t("title")}</h1>
          <p className={classes.lead}>{t("lead")}</p>
        </div>
        <Numbers now={now} />
      </header>
      <div className={classes.columns}>
        <section aria-labelledby="people">
          <h2 id="people" className={classes.heading}>
            {t("people")}
          </h2>
          {people.length === 0 && <p className={classes.empty}>{t("noPeople")}</p>}
          <ul className={classes.people}>
            {people.map((person) => (
              <PersonCard
                key={person.id}
                person={person}
                mayManage={mayManage}
                onHandOver={() => setLeaving(person)}
              />
            ))}
          </ul>
        </section>
        <Queues now={now} />
      </div>
      {leaving && <HandOverDialog person={leaving} people={now.people} onClose={() => setLeaving(null)} />}
    </>
  );
}

/** Who is there first; then by name, so that a face stays in its place on the wall. */
function inOrder(people: PersonNow[], language: string): PersonNow[] {
  const away = (person: PersonNow) => Number(person.availability.state === "away");
  return [...people].sort((a, b) => away(a) - away(b) || a.name.localeCompare(b.name, language));
}
