// The stretch of days that the figures are about; days are counted in UTC, as the server counts them.
import { isoDay, type Stretch, usual } from "./days";
import type { SubmissionsSearch } from "./search";

export interface Range {
  from: string;
  until: string;
}

const aDay = 24 * 60 * 60 * 1000;

/** What was chosen, else a stretch up to today. */
export function rangeOf({ days, since, to }: SubmissionsSearch, now: Date): Range {
  return since && to ? { from: since, until: to } : lastDays(days ?? usual, now);
}

/** Today is one of them. */
function lastDays(stretch: Stretch, now: Date): Range {
  return { from: isoDay(new Date(now.getTime() - (stretch - 1) * aDay)), until: isoDay(now) };
}

/** "31 May", as the reader's language writes it. */
export function dayLabel(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(day),
  );
}
