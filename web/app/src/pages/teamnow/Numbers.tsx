// The four numbers that one sees from across the room.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TeamNow } from "@/api/teamNow";
import classes from "./TeamNow.module.css";
import { Ticking } from "./Ticking";

export function Numbers({ now }: { now: TeamNow }) {
  const { t } = useTranslation("teamnow");
  const there = now.people.filter((person) => person.availability.state === "available").length;
  const waiting = now.channels.reduce((sum, queue) => sum + queue.waiting, 0);
  const oldest = now.channels
    .map((queue) => queue.oldest_at)
    .filter((at) => at !== null)
    .sort()[0];
  return (
    <dl className={classes.numbers}>
      <Figure
        name={t("available")}
        value={t("of", { n: there, of: now.people.length })}
        tone={there === 0 && now.people.length > 0 ? "bad" : undefined}
      />
      <Figure name={t("waiting")} value={waiting} tone={waiting > 0 ? "warn" : undefined} />
      {oldest && <Figure name={t("oldest")} value={<Ticking since={oldest} />} />}
      <Figure name={t("unassigned")} value={now.unassigned} />
    </dl>
  );
}

function Figure({ name, value, tone }: { name: string; value: ReactNode; tone?: "warn" | "bad" }) {
  return (
    <div className={classes.number} data-tone={tone}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
