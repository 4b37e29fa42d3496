// Weekly hours as people type and say them: times, days that are alike, what is wrong with them.
import { type Weekday, type WeeklyHours, weekdays } from "@/api/availability";

export type { Weekday, WeeklyHours };
export { weekdays };

/** What is wrong with one interval; the words for it are the reader's language's affair. */
export type Fault = "unreadable" | "endsBeforeBegin" | "overlaps";
export type Faults = Partial<Record<Weekday, (Fault | null)[]>>;

export const officeHours: WeeklyHours = Object.fromEntries(
  weekdays.slice(0, 5).map((day) => [day, [["09:00", "17:00"]]]),
);

/** "9" → "09:00", "930" → "09:30", "24" → "24:00"; null when it is no time of a day. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(typed.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Nothing when the week can be saved. */
export function faultsOf(hours: WeeklyHours): Faults | null {
  const faults: Faults = {};
  for (const day of weekdays) {
    const found = faultsOfDay(hours[day] ?? []);
    if (found.some(Boolean)) faults[day] = found;
  }
  return Object.keys(faults).length > 0 ? faults : null;
}

function faultsOfDay(intervals: string[][]): (Fault | null)[] {
  return intervals.map(([from = "", to = ""], index) => {
    if (readTime(from) === null || readTime(to) === null) return "unreadable";
    if (minutesOf(to) <= minutesOf(from)) return "endsBeforeBegin";
    const before = intervals.slice(0, index);
    return before.some((other) => overlap(other, [from, to])) ? "overlaps" : null;
  });
}

const overlap = (a: string[], b: string[]) =>
  minutesOf(a[0] ?? "") < minutesOf(b[1] ?? "") && minutesOf(b[0] ?? "") < minutesOf(a[1] ?? "");

/** As it is sent: closed days left out, intervals in order. */
export function tidied(hours: WeeklyHours): WeeklyHours {
  const open = weekdays.filter((day) => (hours[day]?.length ?? 0) > 0);
  return Object.fromEntries(
    open.map((day) => [
      day,
      [...(hours[day] ?? [])].sort((a, b) => minutesOf(a[0] ?? "") - minutesOf(b[0] ?? "")),
    ]),
  );
}

export function copied(hours: WeeklyHours, from: Weekday, to: readonly Weekday[]): WeeklyHours {
  const day = hours[from] ?? [];
  return { ...hours, ...Object.fromEntries(to.map((each) => [each, day.map((interval) => [...interval])])) };
}

/** The next interval one would add to a day, four hours long after a break of one; null when the day is full. */
export function nextInterval(day: string[][]): string[] | null {
  const last = day.at(-1)?.[1];
  if (!last || readTime(last) === null) return ["09:00", "17:00"];
  const from = minutesOf(last) + 60;
  return from < 24 * 60 ? [clock(from), clock(Math.min(from + 240, 24 * 60))] : null;
}

/** 545 → "09:05" */
export const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function minutesAWeek(hours: WeeklyHours): number {
  return weekdays.flatMap((day) => hours[day] ?? []).reduce((sum, interval) => sum + length(interval), 0);
}
const length = ([from = "", to = ""]: string[]) => Math.max(0, minutesOf(to) - minutesOf(from)) || 0;

export interface Stretch {
  from: Weekday;
  to: Weekday;
  intervals: string[][];
}

/** Days in a row with the same hours as one: Mon–Thu 09:00–17:00, Fri 09:00–15:00. */
export function stretches(hours: WeeklyHours): Stretch[] {
  const found: Stretch[] = [];
  weekdays.forEach((day, index) => {
    const intervals = hours[day] ?? [];
    const last = found.at(-1);
    if (intervals.length === 0) return;
    if (last && last.to === weekdays[index - 1] && alike(last.intervals, intervals)) last.to = day;
    else found.push({ from: day, to: day, intervals });
  });
  return found;
}

const alike = (a: string[][], b: string[][]) => JSON.stringify(a) === JSON.stringify(b);

/** The name of a day in the reader's language; the second of January 2023 was a Monday. */
export function dayName(day: Weekday, locale: string, width: "long" | "short" = "long"): string {
  const date = new Date(Date.UTC(2023, 0, 2 + weekdays.indexOf(day)));
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" }).format(date);
}

/** "Mon–Fri 09:00–17:00", or the words given for no hours and for no limits. */
export function weekInWords(
  hours: WeeklyHours | null,
  locale: string,
  words: { always: string; never: string },
): string {
  if (!hours) return words.always;
  const said = stretches(hours).map(({ from, to, intervals }) => {
    const days = [dayName(from, locale, "short"), from !== to && dayName(to, locale, "short")];
    const times = intervals.map(([begin, end]) => `${begin}–${end}`).join(", ");
    return `${days.filter(Boolean).join("–")} ${times}`;
  });
  return said.join(" · ") || words.never;
}
