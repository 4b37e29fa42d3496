// Search, and help with asking.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get } from "./http";

export type SearchAnswer = Schemas["Answer"];
export type SearchHit = Schemas["Hit"];
export type Found = Schemas["Found"];
export type Hint = Schemas["Hint"];
export type Completion = Schemas["Completion"];

export const searchQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: accountKey("search", q),
    queryFn: ({ pageParam, signal }) =>
      get<SearchAnswer>("/search", { query: { q, limit: 25, after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled: q.trim() !== "",
  });

export const completionsQuery = (q: string) =>
  queryOptions({
    queryKey: accountKey("search", "complete", q),
    queryFn: ({ signal }) => get<{ items: Completion[] }>("/search/complete", { query: { q }, signal }),
    enabled: q.trim() !== "",
  });
