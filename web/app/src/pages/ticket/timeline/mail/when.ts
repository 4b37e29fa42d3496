// When a meeting is, as people write it: one day, from one time to another, or several days.
export interface Span {
  starts_at: string | null;
  ends_at: string | null;
  all_day: boolean;
}

/** "Tue 3 Mar, 09:00 – 10:30"; a day for a meeting that lasts all of it; "" where nothing is said. */
export function whenOf({ starts_at, ends_at, all_day }: Span, locale: string): string {
  if (!starts_at) return "";
  // A day has no hour and no zone: it is the same day for everybody.
  const zone = all_day ? { timeZone: "UTC" } : {};
  const day = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    ...zone,
  });
  const starts = new Date(starts_at);
  const ends = ends_at ? new Date(all_day ? new Date(ends_at).getTime() - 1 : ends_at) : null;
  if (all_day) return ends && ends > starts ? day.formatRange(starts, ends) : day.format(starts);
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  if (!ends) return `${day.format(starts)}, ${time.format(starts)}`;
  if (day.format(starts) === day.format(ends))
    return `${day.format(starts)}, ${time.format(starts)} – ${time.format(ends)}`;
  return `${day.format(starts)}, ${time.format(starts)} – ${day.format(ends)}, ${time.format(ends)}`;
}

/** The leaf of a calendar: "Mar" and "3". */
export function leafOf({ starts_at, all_day }: Span, locale: string): { month: string; date: string } | null {
  if (!starts_at) return null;
  const zone = all_day ? { timeZone: "UTC" } : {};
  const at = new Date(starts_at);
  return {
    month: new Intl.DateTimeFormat(locale, { month: "short", ...zone }).format(at),
    date: new Intl.DateTimeFormat(locale, { day: "numeric", ...zone }).format(at),
  };
}
