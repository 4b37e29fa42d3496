// One bar a day. Fetched when there are figures to draw.
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { FormDay } from "@/api/submissions";
import { dateLocale } from "@/kit/time";
import { dayLabel } from "../range";
import type { Drawn } from "./drawn";

const colors: Record<Drawn, string> = {
  views: "gray.5",
  starts: "petrol.4",
  submissions: "petrol.6",
  caught: "orange.6",
};

export function DaysChart({ days, drawn }: { days: FormDay[]; drawn: Drawn }) {
  const { t, i18n } = useTranslation("submissions");
  const still = useReducedMotion();
  const locale = dateLocale(i18n.language);
  const data = days.map((day) => ({ day: dayLabel(day.day, locale), count: day[drawn] }));
  return (
    <div role="img" aria-label={useSummary(days, drawn)}>
      <BarChart
        h={150}
        data={data}
        dataKey="day"
        tickLine="none"
        gridAxis="x"
        xAxisProps={{ minTickGap: 28 }}
        yAxisProps={{ allowDecimals: false, width: 38, interval: 0 }}
        barProps={{ radius: 2, maxBarSize: 26, isAnimationActive: !still }}
        series={[{ name: "count", label: t(`figures.${drawn}`), color: colors[drawn] }]}
      />
    </div>
  );
}

/** What the picture shows, for those who cannot see it. */
function useSummary(days: FormDay[], drawn: Drawn): string {
  const { t, i18n } = useTranslation("submissions");
  const locale = dateLocale(i18n.language);
  const first = days[0];
  const last = days[days.length - 1];
  if (!first || !last) return t(`figures.${drawn}`);
  const best = days.reduce((most, day) => (day[drawn] > most[drawn] ? day : most), first);
  return t("figures.summary", {
    what: t(`figures.${drawn}`),
    from: dayLabel(first.day, locale),
    until: dayLabel(last.day, locale),
    all: days.reduce((sum, day) => sum + day[drawn], 0),
    most: best[drawn],
    day: dayLabel(best.day, locale),
  });
}
