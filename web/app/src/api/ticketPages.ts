// The pages of a list as they are cached, with a ticket taken out or put in its place: where little has changed, not all
// of them are read again.
import type { InfiniteData } from "@tanstack/react-query";
import type { Page, Ticket } from "./types";

export type TicketPages = InfiniteData<Page<Ticket>, string | null>;

/** How two tickets stand to each other in an order; the server's, as far as one that moves needs it. */
const comparers: Record<string, (a: Ticket, b: Ticket) => number> = {
  "-last_message_at": (a, b) => later(a.last_message_at, b.last_message_at),
  last_message_at: (a, b) => -later(a.last_message_at, b.last_message_at),
  "-created_at": (a, b) => later(a.created_at, b.created_at),
  created_at: (a, b) => -later(a.created_at, b.created_at),
  waiting_since: (a, b) => -later(a.waiting_since ?? "9", b.waiting_since ?? "9"),
  snoozed_until: (a, b) => -later(a.snoozed_until ?? "9", b.snoozed_until ?? "9"),
  "-priority": (a, b) => ranks[b.priority] - ranks[a.priority] || later(a.last_message_at, b.last_message_at),
};
const ranks = { low: 0, normal: 1, high: 2, urgent: 3 };
const later = (a: string, b: string) => (a === b ? 0 : a > b ? -1 : 1);

export function without(list: TicketPages | undefined, id: string): TicketPages | undefined {
  return (
    list && {
      ...list,
      pages: list.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })),
    }
  );
}

/** In its place among those that are read; where it would come after them, it is left for a later page. */
export function withTicket(
  list: TicketPages | undefined,
  ticket: Ticket,
  sort: string,
): TicketPages | undefined {
  const rest = without(list, ticket.id);
  if (!rest) return rest;
  const compare = comparers[sort] ?? (() => -1);
  let placed = false;
  const pages = rest.pages.map((page, at) => {
    if (placed) return page;
    const before = page.items.findIndex((one) => compare(ticket, one) <= 0);
    const isLast = at === rest.pages.length - 1 && page.next === null;
    if (before < 0 && !isLast) return page;
    placed = true;
    return {
      ...page,
      items: page.items.toSpliced(before < 0 ? page.items.length : before, 0, ticket),
    };
  });
  return { ...rest, pages };
}
