// Lists of tickets, and what can be done to a ticket.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, patch, post } from "./http";
import { placeOf } from "./timeline";
import type { Page, Priority, Ticket, TicketDetail } from "./types";

export interface TicketFilter {
  view?: string;
  sort?: string;
  status?: readonly string[];
  assignee?: string;
  team?: string;
  channel?: string;
  contact?: string;
  failed?: boolean;
  pipeline?: string;
}

export interface TicketChange {
  pipeline?: string;
  status?: string;
  priority?: Priority;
  team?: string | null;
  assignee?: string | null;
  custom?: Record<string, unknown>;
  subject?: string;
  description?: string;
  contact?: string | { email: string; name: string } | null;
}

export const ticketsQuery = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("tickets", "list", filter),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Ticket>>("/tickets", { query: { ...filter, limit: 50, after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** `ref` is a number or an id; the API takes either. */
export const ticketQuery = (ref: string) =>
  queryOptions({
    queryKey: accountKey("ticket", ref),
    queryFn: ({ signal }) => get<TicketDetail>(`/tickets/${ref}`, { signal }),
  });

export const changeTicket = (id: string, change: TicketChange) => patch<Ticket>(`/tickets/${id}`, change);
export const markRead = (id: string) => post<void>(`${placeOf(id)}/read`);
