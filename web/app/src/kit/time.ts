// Times as people say them: short and relative while fresh, a date when older.
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The reader's own way to write dates where it fits the language of the app (en-US has a.m., en-GB has not). */
export function dateLocale(language: string, preferred: readonly string[] = navigator.languages): string {
  const own = preferred.find((one) => one.startsWith(`${language}-`));
  return own ?? (language === "en" ? "en-GB" : language);
}

/** "now", "5m", "3h", "Tue", "12 May", "12 May 2024". */
export function shortTime(iso: string, now: Date, locale: string, nowWord: string): string {
  const at = new Date(iso);
  const age = (now.getTime() - at.getTime()) / 1000;
  if (age < minute) return nowWord;
  if (age < hour) return unit(Math.floor(age / minute), "minute", locale);
  if (age < 12 * hour || isSameDay(at, now)) return unit(Math.floor(age / hour), "hour", locale);
  if (age < 6 * day) return new Intl.DateTimeFormat(locale, { weekday: "short" }).format(at);
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year }).format(at);
}

export function clockTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

export function fullTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" }).format(new Date(iso));
}

/** "14:05" today, "Tue 14:05" within six days before or after, else "12 May 14:05". */
export function messageTime(iso: string, now: Date, locale: string): string {
  const at = new Date(iso);
  if (isSameDay(at, now)) return clockTime(iso, locale);
  const recent = Math.abs(now.getTime() - at.getTime()) < 6 * day * 1000;
  const sameYear = at.getFullYear() === now.getFullYear();
  const date: Intl.DateTimeFormatOptions = recent
    ? { weekday: "short" }
    : { day: "numeric", month: "short", year: sameYear ? undefined : "numeric" };
  return `${new Intl.DateTimeFormat(locale, date).format(at)} ${clockTime(iso, locale)}`;
}

export const isSameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

function unit(value: number, name: "minute" | "hour", locale: string): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }).format(value);
}
