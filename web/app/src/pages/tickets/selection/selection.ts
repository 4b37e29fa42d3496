// Which tickets of a view are chosen: some by name, or all that the view holds but a few.
import type { Ticket } from "@/api/types";

export type Chosen = Pick<Ticket, "id" | "number" | "version">;
export type Selection =
  | { all: false; chosen: ReadonlyMap<string, Chosen> }
  | { all: true; except: ReadonlySet<string> };

export const nothing: Selection = { all: false, chosen: new Map() };
export const everything: Selection = { all: true, except: new Set() };

export const isChosen = (selection: Selection, id: string) =>
  selection.all ? !selection.except.has(id) : selection.chosen.has(id);

export const isNothing = (selection: Selection) => !selection.all && selection.chosen.size === 0;

export function toggled(selection: Selection, ticket: Chosen): Selection {
  return set(selection, [ticket], !isChosen(selection, ticket.id));
}

/** All of these, or none of them. */
export function set(selection: Selection, tickets: readonly Chosen[], on: boolean): Selection {
  if (selection.all) {
    const except = new Set(selection.except);
    for (const { id } of tickets) on ? except.delete(id) : except.add(id);
    return { all: true, except };
  }
  const chosen = new Map(selection.chosen);
  for (const ticket of tickets) on ? chosen.set(ticket.id, brief(ticket)) : chosen.delete(ticket.id);
  return { all: false, chosen };
}

/** From the row that was chosen last to this one, as that one is. */
export function stretched(
  selection: Selection,
  tickets: readonly Chosen[],
  from: string | null,
  to: string,
): Selection {
  const start = tickets.findIndex(({ id }) => id === from);
  const end = tickets.findIndex(({ id }) => id === to);
  if (end < 0) return selection;
  const [low, high] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
  return set(selection, tickets.slice(low, high + 1), true);
}

/** How many, as far as it is known: `total` is what the view holds. */
export function sizeOf(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.except.size) : selection.chosen.size;
}

const brief = ({ id, number, version }: Chosen): Chosen => ({ id, number, version });
