// The default views of the help desk, and the filter behind each.
import {
  IconAlertTriangle,
  IconChecks,
  IconInbox,
  IconStack2,
  IconUser,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { TicketFilter } from "@/api/tickets";
import type { CountName } from "@/api/types";

export const views = ["unassigned", "mine", "team", "open", "failed", "closed"] as const;
export type ViewName = (typeof views)[number];

export const isView = (value: unknown): value is ViewName => views.includes(value as ViewName);

/** A pipeline in the address; anything else there is left out. */
export const isId = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** The view of an address that names none. */
export const defaultView: ViewName = "open";

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

export const viewIcons: Record<ViewName, typeof IconInbox> = {
  unassigned: IconInbox,
  mine: IconUser,
  team: IconUsersGroup,
  open: IconStack2,
  failed: IconAlertTriangle,
  closed: IconChecks,
};
