// The way of a new ticket as a picture in words; it follows what is edited below it.
import {
  IconAdjustmentsHorizontal,
  IconArrowsSplit2,
  IconHourglassHigh,
  IconInbox,
  IconUserCheck,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Routing } from "@/api/routing";
import classes from "./Flow.module.css";
import type { Catalogue } from "./useCatalogue";
import type { Names } from "./useNames";
import { assignWords, ruleName, skillWords, targetWords } from "./words";

interface Props {
  routing: Routing;
  names: Names;
  catalogue: Catalogue;
}

export function Flow({ routing, names, catalogue }: Props) {
  const { t } = useTranslation("routing");
  const assigns = routing.assign !== "none" || routing.rules.some((rule) => rule.active && rule.to);
  return (
    <section className={classes.flow} aria-label={t("flow.title")}>
      <h2 className={classes.title}>{t("flow.title")}</h2>
      <ol className={classes.steps}>
        <Step Icon={IconInbox} title={t("flow.arrives")}>
          <p>{t("flow.arrivesText")}</p>
        </Step>
        <Step Icon={IconAdjustmentsHorizontal} title={t("flow.set")} to="properties">
          <Properties routing={routing} catalogue={catalogue} />
        </Step>
        <Step Icon={IconArrowsSplit2} title={t("flow.rules")} to="rules">
          <Rules routing={routing} names={names} />
        </Step>
        <Step Icon={IconUserCheck} title={t("flow.goes")} to="assign">
          <p>
            <b>
              {assigns && routing.assign === "none" ? t("flow.noneElse") : assignWords(routing, names, t)}
            </b>
          </p>
          {assigns && <p>{t(`flow.${whoseTurn(routing)}`)}</p>}
        </Step>
        {assigns && (
          <Step Icon={IconHourglassHigh} title={t("flow.nobodyFree")} to="assign">
            <p>{t(routing.give_out_waiting ? "flow.waits" : "flow.stays")}</p>
            {routing.assign === "contact_owner" && routing.only_available && (
              <p>{t("flow.ownerWaits", { count: routing.owner_wait_hours })}</p>
            )}
          </Step>
        )}
      </ol>
    </section>
  );
}

interface StepProps {
  Icon: typeof IconInbox;
  title: string;
  /** The part of the page that sets it. */
  to?: string;
  children: ReactNode;
}

function Step({ Icon, title, to, children }: StepProps) {
  const go = () => document.getElementById(`routing-${to}`)?.scrollIntoView({ block: "start" });
  return (
    <li className={classes.step}>
      <span className={classes.icon}>
        <Icon size={16} stroke={1.8} aria-hidden="true" />
      </span>
      <div className={classes.what}>
        {to ? (
          <button type="button" className={classes.link} onClick={go}>
            {title}
          </button>
        ) : (
          <span className={classes.name}>{title}</span>
        )}
        {children}
      </div>
    </li>
  );
}

function Properties({ routing, catalogue }: { routing: Routing; catalogue: Catalogue }) {
  const { t } = useTranslation("routing");
  const set = Object.entries(routing.properties);
  if (set.length === 0) return <p>{t("flow.setNone")}</p>;
  return (
    <ul className={classes.lines}>
      {set.map(([key, value]) => {
        const words = catalogue.words(key, value);
        return (
          <li key={key}>
            {words.name}: <b>{words.value || "…"}</b>
          </li>
        );
      })}
    </ul>
  );
}

const mostShown = 4;

function Rules({ routing, names }: { routing: Routing; names: Names }) {
  const { t } = useTranslation("routing");
  const active = routing.rules
    .map((rule, index) => ({ rule, number: index + 1 }))
    .filter(({ rule }) => rule.active);
  if (active.length === 0) return <p>{t("flow.rulesNone")}</p>;
  const more = active.length - mostShown;
  return (
    <ul className={classes.lines}>
      {active.slice(0, mostShown).map(({ rule, number }) => (
        <li key={rule.id}>
          {ruleName(rule, number, t)} →{" "}
          <b>{rule.to ? targetWords(rule.to, names, t) || "…" : skillWords(rule.require_skills, names)}</b>
          {rule.to && rule.require_skills.length > 0 && ` (${skillWords(rule.require_skills, names)})`}
        </li>
      ))}
      {more > 0 && <li>{t("flow.rulesMore", { count: more })}</li>}
    </ul>
  );
}

function whoseTurn({ only_available, distribution }: Routing) {
  const turn = distribution === "fewest_open" ? "fewest" : "turn";
  return `${only_available ? "available" : "anybody"}_${turn}` as const;
}
