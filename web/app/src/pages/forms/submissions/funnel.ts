// From seeing a form to having sent it: how many of those who came so far went on.
import type { Totals } from "@/api/submissions";

export type StepName = "views" | "starts" | "submissions";

export interface Step {
  name: StepName;
  count: number;
  /** Share of the step before, 0..1; null where that says nothing: nobody was there, or more went on than were seen. */
  rate: number | null;
}

const steps: StepName[] = ["views", "starts", "submissions"];

/** A form that is sent by a program, or from a page of the site's own, is submitted without having been seen. */
export function funnel(totals: Totals): Step[] {
  return steps.map((name, at) => {
    const before = steps[at - 1];
    return { name, count: totals[name], rate: before ? share(totals[name], totals[before]) : null };
  });
}

/** Of all who saw it. */
export const overall = (totals: Totals) => share(totals.submissions, totals.views);

function share(count: number, of: number): number | null {
  return of === 0 || count > of ? null : count / of;
}

export function percent(rate: number, locale: string): string {
  const digits = rate > 0 && rate < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(rate);
}
