// How many saw the form, began, and sent it, with the share of each step; a step that is chosen is drawn day by day.
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { figuresQuery, type Totals } from "@/api/submissions";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { useNow } from "@/kit/useNow";
import { isoDay, stretches, usual } from "../days";
import { funnel, overall, percent } from "../funnel";
import { rangeOf } from "../range";
import type { SubmissionsSearch } from "../search";
import { useGo } from "../useGo";
import { DayFields } from "./DayFields";
import type { Drawn } from "./drawn";
import classes from "./Figures.module.css";

const DaysChart = lazy(() => import("./DaysChart").then((module) => ({ default: module.DaysChart })));

export function Figures({ form, search }: { form: Form; search: SubmissionsSearch }) {
  const { t } = useTranslation("submissions");
  const today = isoDay(useNow());
  const range = rangeOf(search, new Date(today));
  const figures = useQuery(figuresQuery(form.id, range));
  const [drawn, setDrawn] = useState<Drawn>("submissions");
  return (
    <section className={classes.figures} aria-label={t("figures.title")}>
      <div className={classes.top}>
        <Steps totals={figures.data?.totals} drawn={drawn} onDraw={setDrawn} />
        <RangePicker search={search} today={today} />
      </div>
      {figures.error && !figures.data && <Note tone="bad">{explain(figures.error, t)}</Note>}
      <div className={classes.chart} data-old={figures.isPlaceholderData || undefined}>
        {figures.data && (
          <Suspense>
            <DaysChart days={figures.data.days} drawn={drawn} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

interface StepsProps {
  totals: Totals | undefined;
  drawn: Drawn;
  onDraw: (drawn: Drawn) => void;
}

function Steps({ totals, drawn, onDraw }: StepsProps) {
  const { t, i18n } = useTranslation("submissions");
  const known = totals ?? { views: 0, starts: 0, submissions: 0, caught: 0 };
  const most = Math.max(known.views, known.starts, known.submissions, 1);
  const all = overall(known);
  const card = (name: Drawn, count: number, note: string | null, width: number) => (
    <button
      key={name}
      type="button"
      className={classes.step}
      data-name={name}
      aria-pressed={drawn === name}
      onClick={() => onDraw(name)}
    >
      <span className={classes.name}>{t(`figures.${name}`)}</span>
      <span className={classes.count}>
        {totals ? new Intl.NumberFormat(i18n.language).format(count) : "–"}
      </span>
      <span className={classes.rate}>{note ?? "\u00a0"}</span>
      <i className={classes.bar} style={{ width: `${width * 100}%` }} aria-hidden="true" />
    </button>
  );
  return (
    <div className={classes.steps}>
      {funnel(known).map(({ name, count, rate }) => {
        const note = rate === null ? null : t(`figures.of.${name}`, { rate: percent(rate, i18n.language) });
        const whole =
          name === "submissions" && all !== null
            ? t("figures.overall", { rate: percent(all, i18n.language) })
            : null;
        return card(name, count, [note, whole].filter(Boolean).join(" · ") || null, count / most);
      })}
      {card("caught", known.caught, known.caught ? t("figures.caughtNote") : null, 0)}
    </div>
  );
}

const own = "own";
/** The server tells no more at once. */
const mostDays = 800;

function RangePicker({ search, today }: { search: SubmissionsSearch; today: string }) {
  const { t } = useTranslation("submissions");
  const go = useGo();
  const chosen = search.since ? own : String(search.days ?? usual);
  const [shown, setShown] = useState(chosen);
  useEffect(() => setShown(chosen), [chosen]);
  const pick = (value: string) => {
    setShown(value);
    const days = stretches.find((stretch) => String(stretch) === value);
    if (days)
      go({ days: days === usual ? undefined : days, since: undefined, to: undefined }, { replace: true });
  };
  const range = rangeOf(search, new Date(today));
  return (
    <div className={classes.range}>
      <SegmentedControl
        size="xs"
        aria-label={t("figures.range")}
        value={shown}
        onChange={pick}
        data={[
          ...stretches.map((count) => ({ value: String(count), label: t("figures.days", { count }) })),
          { value: own, label: t("figures.own") },
        ]}
      />
      {shown === own && (
        <DayFields
          from={search.since ?? range.from}
          until={search.to ?? range.until}
          latest={today}
          most={mostDays}
          onChange={(since, to) => since && to && go({ since, to, days: undefined }, { replace: true })}
        />
      )}
    </div>
  );
}
