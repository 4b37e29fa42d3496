// Notices to the signed-in member: an assignment, a customer's answer, a reply that failed.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Notice, Page } from "./types";

export type NoticeFilter = "all" | "unread" | "mentions";

export const noticesQuery = () =>
  queryOptions({ queryKey: accountKey("notices"), queryFn: () => get<Page<Notice>>("/notices") });

/** What the bell shows, page by page. */
export const noticePagesQuery = (filter: NoticeFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("notices", filter),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Notice>>("/notices", {
        query: {
          after: pageParam,
          unread: filter === "unread" ? true : null,
          kind: filter === "mentions" ? "mentioned" : null,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export type Which = { ids: string[] } | { all: true };
export const readNotices = (which: Which) => post<void>("/notices/read", which);
export const unreadNotices = (ids: string[]) => post<void>("/notices/unread", { ids });
