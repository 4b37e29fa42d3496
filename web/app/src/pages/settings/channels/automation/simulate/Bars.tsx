// Two bars for each person or team: as it was, and with the new rules. Fetched when there is something to draw.
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useReducedMotion } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { BeforeAfter } from "@/api/simulations";

const rowHeight = 46;

export function Bars({ rows, label }: { rows: BeforeAfter[]; label: string }) {
  const { t } = useTranslation("routing");
  const still = useReducedMotion();
  const data = rows.map(({ name, before, after }) => ({ name, before, after }));
  return (
    <div role="img" aria-label={label}>
      <BarChart
        h={Math.max(120, rows.length * rowHeight + 60)}
        data={data}
        dataKey="name"
        orientation="vertical"
        gridAxis="y"
        tickLine="none"
        withLegend
        legendProps={{ verticalAlign: "top", height: 36, itemSorter: null }}
        yAxisProps={{ width: 110 }}
        xAxisProps={{ allowDecimals: false }}
        barProps={{ radius: 3, maxBarSize: 14, isAnimationActive: !still }}
        series={[
          { name: "before", label: t("simulation.before"), color: "gray.5" },
          { name: "after", label: t("simulation.after"), color: "petrol.6" },
        ]}
      />
    </div>
  );
}
