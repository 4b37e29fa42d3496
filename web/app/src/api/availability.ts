// When people are there: their standing, changing it by hand, out of office, holidays, the hours between.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post, put } from "./http";
import type { Page } from "./types";

/** How somebody stands now; `since` and `back_at` are moments, `set_by` a member's id. */
export type Availability = Schemas["Standing"];
export type AvailabilityState = Availability["state"];

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];
/** By day, `[["09:00", "12:00"], …]`; a day that is not named is closed. */
export type WeeklyHours = Partial<Record<Weekday, string[][]>>;

export type OutOfOffice = Schemas["OutOfOfficeOut"];
export type NewOutOfOffice = Required<Schemas["OutOfOfficeIn"]>;
export type Country = Schemas["Country"];
export type Holiday = Schemas["Holiday"];

export const setAvailability = (memberId: string, state: AvailabilityState) =>
  put<Availability>(`/members/${memberId}/availability`, { state });

export const addOutOfOffice = (memberId: string, period: NewOutOfOffice) =>
  post<OutOfOffice>(`/members/${memberId}/out-of-office`, period);
/** `then` is asked for where the period runs already: how they are from now on. */
export const endOutOfOffice = (id: string, then: AvailabilityState = "available") =>
  del(`/out-of-office/${id}?then=${then}`);

const aLongTime = 24 * 3600_000;

export const holidayCountriesQuery = () =>
  queryOptions({
    queryKey: accountKey("holiday-countries"),
    queryFn: () => get<Page<Country>>("/holiday-countries"),
    staleTime: aLongTime,
  });
/** `country` is a country's code, or with a region "DE-BY". */
export const holidaysQuery = (country: string, year: number) =>
  queryOptions({
    queryKey: accountKey("holidays", country, year),
    queryFn: () => get<Page<Holiday>>("/holidays", { query: { country, year } }),
    enabled: country !== "",
    staleTime: aLongTime,
  });
