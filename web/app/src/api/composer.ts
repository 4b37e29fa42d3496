// What it takes to write, in one answer: by which channel, to whom, who is left out and why, what stands below. And what
// is written besides answers: new mail, messages handed on, what leaves later.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, patch, post } from "./http";
import { placeOf, type Sent } from "./timeline";
import type { Delivery, Draft, Ticket } from "./types";

export type Mode = Draft["mode"];
export type Plan = Schemas["Composer"];
export type NewMailForm = Schemas["NewMailForm"];
export type SendingChannel = Schemas["SendingChannel"];
export type Bounds = Schemas["Bounds"];
export type Mailbox = Schemas["Mailbox"];

export interface Target {
  mode: Mode;
  /** The message that is answered or handed on; null: the last one. */
  about: string | null;
}

/** Read when a composer opens and when its target changes, never kept: who takes part may change. */
export const planQuery = (ticketId: string, { mode, about }: Target, channel: string | null) =>
  queryOptions({
    queryKey: accountKey("composer", ticketId, mode, about, channel),
    queryFn: ({ signal }) =>
      get<Plan>(`${placeOf(ticketId)}/reply`, {
        query: {
          message: about,
          channel,
          all: mode === "reply_all" ? true : null,
          forward: mode === "forward" ? true : null,
        },
        signal,
      }),
    gcTime: 0,
  });

export const newMailQuery = () =>
  queryOptions({
    queryKey: accountKey("newMail"),
    queryFn: ({ signal }) => get<NewMailForm>("/new-mail", { signal }),
    gcTime: 0,
  });

export type NewMailBody = Partial<Schemas["TicketIn"]>;
export type WrittenTicket = Ticket & { message: Sent | null };
export const writeNewMail = (body: NewMailBody, idempotencyKey: string) =>
  post<WrittenTicket>("/tickets", body, { idempotencyKey });

/** Another time for what leaves later; null: now, also for what was held back. */
export const moveMessage = (messageId: string, sendAt: string | null) =>
  patch<Delivery>(`/messages/${messageId}`, { send_at: sendAt });
