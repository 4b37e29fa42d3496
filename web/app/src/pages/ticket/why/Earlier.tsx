// What was decided about a ticket before, newest first.
import { useTranslation } from "react-i18next";
import type { Decision } from "@/api/routing";
import { Time } from "@/kit/Time";
import { decisionWords } from "./reasonWords";
import { useNameOf } from "./useNameOf";
import classes from "./Why.module.css";

export function Earlier({ decisions }: { decisions: Decision[] }) {
  const { t } = useTranslation("routing");
  return (
    <section>
      <h3 className={classes.heading}>{t("why.earlier")}</h3>
      <ol className={classes.earlier}>
        {decisions.map((decision) => (
          <One key={decision.id} decision={decision} />
        ))}
      </ol>
    </section>
  );
}

function One({ decision }: { decision: Decision }) {
  const { t } = useTranslation("routing");
  const nameOf = useNameOf(decision);
  const who = nameOf(decision.assignee);
  const actor = nameOf(decision.actor);
  return (
    <li>
      <Time at={decision.at} as="clock" className={classes.at} />
      <div>
        <b>{t(`outcome.${decision.outcome}`, { who: who ?? t("outcome.someone") })}</b>{" "}
        {t(`cause.${decision.cause}`)}
        {actor && `, ${t("why.by", { name: actor })}`}
        <p>{decisionWords(decision, { who, was: nameOf(decision.was_member) }, t)}</p>
      </div>
    </li>
  );
}
