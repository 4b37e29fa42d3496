// How somebody stands, as one of few states and as a sentence: "Away since 11:40, back 13:00".
import type { TFunction } from "i18next";
import type { Availability } from "@/api/availability";
import type { Capacity, Load, Work } from "@/api/people";
import { works } from "@/api/people";
import { clockTime, isSameDay } from "./time";

export type Standing = "available" | "away" | "out_of_office" | "unknown";

/** What is known of somebody on this screen; a ticket knows its assignee by name alone. */
export interface Standee {
  active?: boolean;
  joined_at?: string | null;
  availability?: Availability;
}

export function standingOf(person: Standee | undefined): Standing {
  if (!person?.availability || person.active === false || person.joined_at === null) return "unknown";
  const { state, why } = person.availability;
  if (state === "available") return "available";
  return why === "out_of_office" || why === "holiday" ? "out_of_office" : "away";
}

export function standingText(person: Standee | undefined, t: TFunction, now: Date, locale: string): string {
  if (person?.active === false) return t("common:standing.left");
  if (person?.joined_at === null) return t("common:standing.invited");
  if (!person?.availability) return t("common:standing.unknown");
  return availabilityText(person.availability, t, now, locale);
}

export function availabilityText(standing: Availability, t: TFunction, now: Date, locale: string): string {
  const since = momentText(standing.since, now, locale);
  const back = standing.back_at ? momentText(standing.back_at, now, locale) : null;
  const said = t(`common:standing.${standing.state}.${standing.why}`, { since, defaultValue: "" });
  const text = said || t(`common:standing.${standing.state}.plain`);
  return back && standing.state === "away" ? t("common:standing.back", { text, back }) : text;
}

/** A moment near now, before or after: "13:00" today, "Tue 13:00" within days, "12 May 13:00" else. */
export function momentText(iso: string, now: Date, locale: string): string {
  const at = new Date(iso);
  if (isSameDay(at, now)) return clockTime(iso, locale);
  const near = Math.abs(at.getTime() - now.getTime()) < 6 * 24 * 3600_000;
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const day: Intl.DateTimeFormatOptions = near
    ? { weekday: "short" }
    : { day: "numeric", month: "short", year };
  return `${new Intl.DateTimeFormat(locale, day).format(at)} ${clockTime(iso, locale)}`;
}

export interface Bar {
  work: Work | "total";
  open: number;
  /** null: no limit. */
  limit: number | null;
}

/** One bar where there is one limit for all or none, else one for each sort of work. */
export function loadBars(load: Load, capacity: Capacity = {}): Bar[] {
  const limited = works.filter((work) => capacity[work] !== undefined);
  if (capacity.total !== undefined || limited.length === 0)
    return [{ work: "total", open: load.total, limit: capacity.total ?? null }];
  return works.map((work) => ({ work, open: load[work], limit: capacity[work] ?? null }));
}

/** "5 open of 12", "5 open". */
export function loadText(load: Load, capacity: Capacity | undefined, t: TFunction): string {
  const bars = loadBars(load, capacity);
  const limits = bars.map((bar) => bar.limit).filter((limit) => limit !== null);
  if (limits.length < bars.length) return t("common:load.open", { count: load.total });
  return t("common:load.openOf", { count: load.total, limit: limits.reduce((sum, limit) => sum + limit, 0) });
}

export const isFull = (load: Load, capacity: Capacity | undefined) =>
  loadBars(load, capacity).every((bar) => bar.limit !== null && bar.open >= bar.limit);
