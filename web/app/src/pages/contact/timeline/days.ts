// Puts what happened on the days on which it happened, where the reader is.
import { isSameDay } from "@/kit/time";

export interface Day<T> {
  at: Date;
  items: T[];
}

/** Keeps the order; neighbours of one day come together. */
export function byDay<T extends { at: string }>(items: T[]): Day<T>[] {
  const days: Day<T>[] = [];
  for (const item of items) {
    const at = new Date(item.at);
    const last = days[days.length - 1];
    if (last && isSameDay(last.at, at)) last.items.push(item);
    else days.push({ at, items: [item] });
  }
  return days;
}

interface Words {
  today: string;
  yesterday: string;
}

/** "Today", "Yesterday", "Monday 2 March", "2 March 2025". */
export function dayName(at: Date, now: Date, locale: string, words: Words): string {
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (isSameDay(at, now)) return words.today;
  if (isSameDay(at, before)) return words.yesterday;
  const sameYear = at.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: sameYear ? "long" : undefined,
    day: "numeric",
    month: "long",
    year: sameYear ? undefined : "numeric",
  }).format(at);
}
