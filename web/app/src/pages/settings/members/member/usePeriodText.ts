// A period as people say it: whole days as days, else with the times.
import { useTranslation } from "react-i18next";
import { wallClockIn } from "@/kit/hours/zones";
import { dateLocale } from "@/kit/time";

export function usePeriodText(period: { from: string; to: string }, zone: string): string {
  const { i18n } = useTranslation();
  return periodText(period, zone, dateLocale(i18n.language));
}

/** "1–14 July 2026", "1 July 2026, 12:00 – 2 July 2026, 09:00"; days and times are those of the zone. */
export function periodText({ from, to }: { from: string; to: string }, zone: string, locale: string): string {
  const wholeDays = wallClockIn(zone, from).time === "00:00" && wallClockIn(zone, to).time === "00:00";
  // Midnight after the last day is still that day to whoever reads it.
  const [begin, end] = [new Date(from), new Date(new Date(to).getTime() - (wholeDays ? 1 : 0))];
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: zone,
    ...(!wholeDays && { hour: "2-digit", minute: "2-digit" }),
  });
  return format.formatRange(begin, end);
}
