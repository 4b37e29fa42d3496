// What somebody carries against what they may be given: a bar for all, or one for each sort of work.
import { useTranslation } from "react-i18next";
import type { Capacity, Load } from "@/api/people";
import classes from "./LoadBars.module.css";
import { type Bar, loadBars } from "./standing";

export function LoadBars({ load, capacity }: { load: Load; capacity?: Capacity }) {
  const all = loadBars(load, capacity);
  // A sort of work without a limit and without a ticket says nothing.
  const bars = all.length === 1 ? all : all.filter((bar) => bar.limit !== null || bar.open > 0);
  return (
    <span className={classes.bars}>
      {bars.map((bar) => (
        <LoadBar key={bar.work} bar={bar} single={all.length === 1} />
      ))}
    </span>
  );
}

function LoadBar({ bar, single }: { bar: Bar; single: boolean }) {
  const { t } = useTranslation();
  const { open, limit } = bar;
  const full = limit !== null && open >= limit;
  const share = limit ? Math.min(1, open / limit) : full ? 1 : 0;
  return (
    <span className={classes.row} data-single={single || undefined}>
      {!single && <span>{t(`common:load.${bar.work}`)}</span>}
      {/* Without a limit there is nothing for a bar to be a part of. */}
      <span className={classes.track} data-unlimited={limit === null || undefined} aria-hidden="true">
        <span
          className={classes.fill}
          data-full={full || undefined}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </span>
      <span className={classes.number} data-full={full || undefined}>
        {limit === null
          ? t("common:load.open", { count: open })
          : t("common:load.openOf", { count: open, limit })}
        {full && ` · ${t("common:load.full")}`}
      </span>
    </span>
  );
}
