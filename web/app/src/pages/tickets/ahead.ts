// Tickets that are likely to be opened next are fetched before they are: each with the newest page of its timeline.
import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ticketQuery } from "@/api/tickets";
import { timelineQuery } from "@/api/timeline";
import type { Ticket } from "@/api/types";

/** What is here and fresh is not fetched again; live events make it stale. */
export function fetchAhead(queryClient: QueryClient, { id, number }: Pick<Ticket, "id" | "number">): void {
  queryClient.prefetchQuery(ticketQuery(String(number)));
  queryClient.prefetchInfiniteQuery(timelineQuery(id));
}

/** The open one comes first. */
const after = 250;

/** While one is read, the next one and the one before are fetched. */
export function useFetchedAhead(tickets: Ticket[], openNumber: string | null): void {
  const queryClient = useQueryClient();
  const at = openNumber === null ? -1 : tickets.findIndex(({ number }) => String(number) === openNumber);
  const next = tickets[at + 1];
  const before = tickets[at - 1];
  const ids = at < 0 ? "" : `${next?.id} ${before?.id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other neighbours are a reason, not their new objects
  useEffect(() => {
    if (!ids) return;
    const timer = setTimeout(() => {
      for (const ticket of [next, before]) if (ticket) fetchAhead(queryClient, ticket);
    }, after);
    return () => clearTimeout(timer);
  }, [ids, queryClient]);
}
