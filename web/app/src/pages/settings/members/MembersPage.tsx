// Who works in the account and in which teams; read-only, since people are added on the server for now.
import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { membersQuery, teamsQuery, useMe } from "@/api/desk";
import type { Member, Team } from "@/api/types";
import { explain } from "@/kit/explain";
import { Face } from "@/kit/Face";
import { Note } from "@/kit/Note";
import { CopyField } from "../ui/CopyField";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { Section } from "../ui/Section";
import classes from "./MembersPage.module.css";

export function MembersPage() {
  const { t } = useTranslation("settings");
  const me = useMe();
  const members = useQuery(membersQuery());
  const teams = useQuery(teamsQuery());
  const people = [...(members.data?.items ?? [])].sort(byActiveThenName);
  const fault = members.error ?? teams.error;
  return (
    <Page title={t("members.title")} lead={t("members.lead")}>
      <div className={classes.add}>
        <Note title={t("members.addTitle")}>
          <CopyField
            value={`kanal user create --account ${me.account.slug} --email … --role agent`}
            label={t("members.addTitle")}
          />
          <p>{t("members.addText")}</p>
        </Note>
      </div>
      <FaultAlert text={fault && explain(fault, t)} />
      <Section title={t("members.people", { count: people.length })}>
        <ul className={classes.list}>
          {people.map((member) => (
            <MemberRow key={member.id} member={member} teams={teamsOf(member, teams.data?.items ?? [])} />
          ))}
        </ul>
      </Section>
      <Section title={t("members.teams")}>
        {teams.data?.items.length === 0 && <p className={classes.none}>{t("members.noTeams")}</p>}
        <ul className={classes.list}>
          {teams.data?.items.map((team) => (
            <TeamRow key={team.id} team={team} members={people} />
          ))}
        </ul>
      </Section>
    </Page>
  );
}

function MemberRow({ member, teams }: { member: Member; teams: Team[] }) {
  const { t } = useTranslation("settings");
  const { member_id } = useMe();
  return (
    <li className={classes.row} data-gone={!member.active || undefined}>
      <Face name={member.name} size={32} us />
      <div className={classes.text}>
        <span className={classes.name}>
          {member.name}
          {member.id === member_id && <span className={classes.you}>{t("members.you")}</span>}
        </span>
        <span className={classes.more}>{member.email}</span>
        {teams.length > 0 && (
          <span className={classes.more}>{teams.map((team) => team.name).join(", ")}</span>
        )}
      </div>
      <div className={classes.facts}>
        <span>{t(`role.${member.role}`)}</span>
        {!member.active && (
          <Badge tt="none" color="gray" variant="light">
            {t("members.left")}
          </Badge>
        )}
        {member.active && !member.has_seat && (
          <Badge tt="none" color="gray" variant="light">
            {t("members.noSeat")}
          </Badge>
        )}
      </div>
    </li>
  );
}

function TeamRow({ team, members }: { team: Team; members: Member[] }) {
  const names = members.filter((member) => team.member_ids.includes(member.id)).map((member) => member.name);
  return (
    <li className={classes.row}>
      <Face name={team.name} size={32} />
      <div className={classes.text}>
        <span className={classes.name}>{team.name}</span>
        <span className={classes.more}>{names.join(", ") || "–"}</span>
      </div>
    </li>
  );
}

const teamsOf = (member: Member, teams: Team[]) =>
  teams.filter((team) => team.member_ids.includes(member.id));

const byActiveThenName = (a: Member, b: Member) =>
  Number(b.active) - Number(a.active) || a.name.localeCompare(b.name);
