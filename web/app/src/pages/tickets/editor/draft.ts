// A view while it is written.
import { Problem } from "@/api/http";
import type { Condition } from "@/api/routing";
import type { View, ViewBody } from "@/api/views";
import { pruned } from "@/kit/condition/conditions";
import { sorts } from "../sorts";

export type Draft = ViewBody;

const working: Condition = { all: [{ field: "ticket.state", operator: "is", value: "active" }] };
export const usualColumns = [
  "number",
  "subject",
  "contact",
  "status",
  "priority",
  "assignee",
  "last_message_at",
];

/** A new one begins as the one that was on the screen. */
export function newDraft(from: View | undefined): Draft {
  return {
    name: "",
    filter: from?.filter ?? working,
    columns: from?.columns.length ? from.columns : usualColumns,
    sort: from && (sorts as readonly string[]).includes(from.sort) ? from.sort : "-last_message_at",
    layout: from?.layout ?? "split",
    shared_with: "me",
    teams: [],
  };
}

export const draftOf = ({ name, filter, columns, sort, layout, shared_with, teams }: View): Draft => ({
  name,
  filter,
  columns,
  sort,
  layout,
  shared_with,
  teams,
});

/** As the server takes it: without empty groups, teams only where they count. */
export function given(draft: Draft): Draft {
  return {
    ...draft,
    name: draft.name.trim(),
    filter: pruned(draft.filter),
    teams: draft.shared_with === "teams" ? draft.teams : [],
  };
}

/** What differs from how it was; the name alone if nothing does. */
export function changes(draft: Draft, was: Draft): Partial<Draft> {
  const now = given(draft);
  const different = (Object.keys(now) as (keyof Draft)[]).filter((part) => !same(now[part], was[part]));
  return Object.fromEntries(different.map((part) => [part, now[part]]));
}

export const isChanged = (draft: Draft, was: Draft) => Object.keys(changes(draft, was)).length > 0;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export const isOvertaken = (error: unknown) => error instanceof Problem && error.kind === "view-changed";
