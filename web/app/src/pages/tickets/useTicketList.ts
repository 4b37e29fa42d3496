// The tickets of a view in its order, page by page.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type TicketFilter, ticketsQuery } from "@/api/tickets";
import type { Ticket } from "@/api/types";

export interface TicketList {
  tickets: Ticket[];
  /** Nothing is known yet. */
  pending: boolean;
  /** Why nothing is known. */
  error: Error | null;
  refreshing: boolean;
  retry: () => void;
  paging: { hasMore: boolean; loadingMore: boolean; onMore: () => void };
}

export function useTicketList(filter: TicketFilter): TicketList {
  const list = useInfiniteQuery(ticketsQuery(filter));
  const tickets = useMemo(() => unique(list.data?.pages.flatMap((page) => page.items) ?? []), [list.data]);
  return {
    tickets,
    pending: list.isPending,
    error: list.data ? null : list.error,
    refreshing: list.isRefetching,
    retry: list.refetch,
    paging: {
      hasMore: list.hasNextPage,
      loadingMore: list.isFetchingNextPage,
      onMore: list.fetchNextPage,
    },
  };
}

/** A ticket that moved between two pages while they were read stands once, at its newer place. */
function unique(tickets: Ticket[]): Ticket[] {
  const seen = new Set<string>();
  return tickets.filter((ticket) => !seen.has(ticket.id) && seen.add(ticket.id));
}
