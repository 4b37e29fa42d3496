// Notices to the signed-in member: an assignment, a customer's answer, a reply that failed.
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Notice, Page } from "./types";

export const noticesQuery = () =>
  queryOptions({ queryKey: accountKey("notices"), queryFn: () => get<Page<Notice>>("/notices") });
export const readNotices = (which: { ids: string[] } | { all: true }) => post<void>("/notices/read", which);
