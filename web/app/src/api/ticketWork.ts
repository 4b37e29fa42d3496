// What is done with a ticket as a whole: put aside, followed, linked, merged, split, deleted, and each taken back.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post } from "./http";
import type { Page, Ticket, TicketDetail } from "./types";

export type Merged = Schemas["MergeOut"];
export type Times = Schemas["Times"];
/** As little of a ticket as one needs to tell it from others. */
export type Found = Pick<Ticket, "id" | "number" | "subject" | "status" | "contact" | "created_at">;

export const snoozeTicket = (id: string, until: string) => post<Ticket>(`/tickets/${id}/snooze`, { until });
export const wakeTicket = (id: string) => del<Ticket>(`/tickets/${id}/snooze`);
export const followTicket = (id: string) => post<Ticket>(`/tickets/${id}/follow`);
export const unfollowTicket = (id: string) => del<Ticket>(`/tickets/${id}/follow`);
export const linkTicket = (id: string, other: string) => post<Ticket>(`/tickets/${id}/links`, { other });
export const unlinkTicket = (id: string, other: string) => del<Ticket>(`/tickets/${id}/links/${other}`);
export const deleteTicket = (id: string) => del<Ticket>(`/tickets/${id}`);
export const restoreTicket = (id: string) => post<Ticket>(`/tickets/${id}/restore`);
export const mergeTicket = (id: string, into: string) => post<Merged>(`/tickets/${id}/merge`, { into });
export const undoMerge = (merge: string) => del<Ticket>(`/merges/${merge}`);
export const splitTicket = (id: string, messages: string[], subject: string) =>
  post<Ticket>(`/tickets/${id}/split`, { messages, subject });
/** The key makes a second click after a lost answer one ticket, not two. */
export const createTicket = (ticket: Partial<Schemas["TicketIn"]>, idempotencyKey: string) =>
  post<Ticket>("/tickets", ticket, { idempotencyKey });

export const timesQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("ticket-times", id),
    queryFn: ({ signal }) => get<Times>(`/tickets/${id}/times`, { signal }),
  });

interface Hits {
  items: { ticket: Ticket }[];
}

/** By number, or by whatever the search finds; each ticket once. */
export const foundQuery = (typed: string) => {
  const words = typed.trim();
  const number = /^#?(\d+)$/.exec(words)?.[1];
  return queryOptions({
    queryKey: accountKey("tickets", "found", words),
    enabled: words !== "",
    queryFn: async ({ signal }): Promise<Found[]> => {
      const byNumber = number
        ? get<TicketDetail>(`/tickets/${number}`, { signal }).catch(() => null)
        : Promise.resolve(null);
      const byWords = get<Page<never> & Hits>("/search", { query: { q: words, limit: 20 }, signal });
      const all = [await byNumber, ...(await byWords).items.map(({ ticket }) => ticket)];
      const once = new Map(all.flatMap((one) => (one && !one.merged_into ? [[one.id, one] as const] : [])));
      return [...once.values()];
    },
  });
};
