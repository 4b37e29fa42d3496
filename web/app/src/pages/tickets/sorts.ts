// The orders in which tickets can stand, and which columns of a table turn to which.
import type { Look, View } from "@/api/views";

export const sorts = [
  "-last_message_at",
  "last_message_at",
  "-created_at",
  "created_at",
  "waiting_since",
  "-priority",
] as const;

/** With the one that only this view has, such as when the snoozed wake. */
export const sortsOf = ({ sort }: Pick<View, "sort">): readonly string[] =>
  (sorts as readonly string[]).includes(sort) ? sorts : [...sorts, sort];

const ofColumn: Record<string, { up?: string; down?: string }> = {
  last_message_at: { up: "last_message_at", down: "-last_message_at" },
  created_at: { up: "created_at", down: "-created_at" },
  waiting_since: { up: "waiting_since" },
  priority: { down: "-priority" },
  snoozed_until: { up: "snoozed_until" },
};

export const canSort = (column: string, view: Pick<Look, "sort">) =>
  column in ofColumn && (column !== "snoozed_until" || view.sort === "snoozed_until");

export function sortedBy(column: string, sort: string): "ascending" | "descending" | undefined {
  const ways = ofColumn[column];
  if (ways?.up === sort) return "ascending";
  return ways?.down === sort ? "descending" : undefined;
}

/** The order after the head of a column is pressed: the other way round where there is one. */
export function nextSort(column: string, sort: string): string {
  const { up, down } = ofColumn[column] ?? {};
  return (sort === down ? (up ?? down) : (down ?? up)) ?? sort;
}
