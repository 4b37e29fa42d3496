// The default views of the help desk, and the filter behind each.
import type { TicketFilter } from "@/api/tickets";
import type { CountName } from "@/api/types";

export const views = ["unassigned", "mine", "team", "open", "failed", "closed"] as const;
export type ViewName = (typeof views)[number];

export const isView = (value: unknown): value is ViewName => views.includes(value as ViewName);

export const viewFilters: Record<ViewName, TicketFilter> = {
  unassigned: { status: ["open"], assignee: "none" },
  mine: { status: ["open"], assignee: "me" },
  team: { status: ["open"], team: "mine" },
  open: { status: ["open"] },
  failed: { failed: true },
  closed: { status: ["closed"] },
};

export const viewCounts: Record<ViewName, CountName> = {
  unassigned: "unassigned",
  mine: "mine",
  team: "team",
  open: "open",
  failed: "failed",
  closed: "closed",
};
