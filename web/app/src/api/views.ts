// Views: which there are for this member, how many tickets stand in each, and making, sharing and ordering them.
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, type FieldError, get, patch, post, put } from "./http";
import type { Condition } from "./routing";
import type { Named, Page } from "./types";

export const layouts = ["split", "table", "board"] as const;
export type Layout = (typeof layouts)[number];
export type SharedWith = "me" | "everyone" | "teams";

/** How tickets are looked at, apart from which. */
export interface Look {
  columns: string[];
  sort: string;
  layout: Layout;
}

export interface View extends Look {
  /** The name of a default view, or the id of a saved one. */
  key: string;
  /** Empty for default ones: the app words them. */
  name: string;
  is_default: boolean;
  filter: Condition;
  shared_with: SharedWith;
  teams: string[];
  owner: Named | null;
  may_edit: boolean;
  hidden: boolean;
  /** Grows with each change, so that nobody overwrites what they have not seen. */
  version: number;
  /** What of columns, order and layout this member chose for themself. */
  own: { [part in keyof Look]: Look[part] | null } | null;
  /** Something that it asks for is gone; until that is mended it lists nothing. */
  problems: FieldError[];
}

export interface ViewBody {
  name: string;
  filter: Condition;
  columns: string[];
  sort: string;
  layout: Layout;
  shared_with: SharedWith;
  teams: string[];
}

export interface ViewCount {
  n: number;
  /** There are more; the server counts no further. */
  capped: boolean;
  /** Finding out would take too long. */
  unknown?: boolean;
}

export const viewsQuery = () =>
  queryOptions({ queryKey: accountKey("views"), queryFn: () => get<Page<View>>("/views") });
export const viewCountsQuery = () =>
  queryOptions({
    queryKey: accountKey("view-counts"),
    queryFn: async ({ signal }) =>
      (await get<{ items: Record<string, ViewCount> }>("/views/counts", { signal })).items,
  });

/** How many tickets a filter would find, before it is saved. */
export const filterCountQuery = (filter: Condition) =>
  queryOptions({
    queryKey: accountKey("tickets", "filter-count", filter),
    queryFn: ({ signal }) => post<ViewCount>("/views/try", { filter }, { signal }),
    retry: false,
  });

export const createView = (body: ViewBody) => post<View>("/views", body);
/** With the version that was read: a newer one is not overwritten. */
export const changeView = (key: string, body: Partial<ViewBody> & { version?: number }) =>
  patch<View>(`/views/${key}`, body);
export const deleteView = (key: string) => del(`/views/${key}`);
export const restoreView = (key: string) => post<View>(`/views/${key}/restore`);
export const orderViews = (order: string[], hidden: string[]) => put("/views/order", { order, hidden });
/** How this member looks at a view; null goes back to what the view says. */
export const setOwnLook = (key: string, look: { [part in keyof Look]?: Look[part] | null }) =>
  put<View>(`/views/${key}/own`, look);
