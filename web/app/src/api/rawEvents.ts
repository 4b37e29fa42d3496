// The log of everything that arrived, with its fate.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Page, RawEvent } from "./types";

export interface RawEventFilter {
  channel?: string;
  state?: string;
}

export const rawEventsQuery = (filter: RawEventFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("raw-events", "list", filter),
    queryFn: ({ pageParam }) =>
      get<Page<RawEvent>>("/raw-events", { query: { ...filter, limit: 50, after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
export const rawEventCountsQuery = () =>
  queryOptions({
    queryKey: accountKey("raw-events", "counts"),
    queryFn: () => get<Record<string, number>>("/raw-events/counts"),
  });
export const replayRawEvent = (id: string) => post(`/raw-events/${id}/replay`);
