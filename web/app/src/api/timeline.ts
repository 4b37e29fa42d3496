// What was said and done in a ticket, and saying more: replies, comments, drafts, attachments, deliveries.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { call, del, get, patch, post, put, upload } from "./http";
import type { AddedComment, Attachment, Contact, Delivery, Draft, Page, Timeline } from "./types";

export type { AddedComment };

const apart = "conversation:";
/** Where something is said: a ticket, or a conversation of an inbox, which `apart` names. */
export const placeOf = (id: string) =>
  id.startsWith(apart) ? `/conversations/${id.slice(apart.length)}` : `/tickets/${id}`;

/** As many as fill a screen a few times: a long ticket opens as fast as a short one. */
const readAtOnce = 60;

/** Pages run backwards: the first holds the newest items, each next one older items. */
export const timelineQuery = (ticketId: string) =>
  infiniteQueryOptions({
    queryKey: accountKey("timeline", ticketId),
    queryFn: ({ pageParam, signal }) =>
      get<Timeline>(`${placeOf(ticketId)}/timeline`, {
        query: { before: pageParam, limit: readAtOnce },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export interface Sent {
  id: string;
  version: number;
  delivery: Delivery;
}

export const undoReply = (messageId: string) => del(`/messages/${messageId}`);

/** Members who see the ticket, whom a comment can name. */
export const mentionableQuery = (ticketId: string) =>
  queryOptions({
    queryKey: accountKey("mentionable", ticketId),
    queryFn: ({ signal }) =>
      get<Page<{ member_id: string; name: string }>>(`${placeOf(ticketId)}/mentionable`, { signal }),
  });

export const retryDelivery = (id: string) => post<{ delivery: Delivery }>(`/deliveries/${id}/retry`);
export const confirmDelivery = (id: string) => post(`/deliveries/${id}/confirm`);

export type DraftBody = Pick<
  Draft,
  "html" | "to" | "cc" | "bcc" | "mode" | "about" | "channel" | "seen_version"
> & {
  attachments: string[];
};
/** Read once when a composer opens, never kept: the server's copy is the truth. */
export const draftQuery = (ticketId: string) =>
  queryOptions({
    queryKey: accountKey("draft", ticketId),
    queryFn: async () => (await get<Draft | undefined>(`${placeOf(ticketId)}/draft`)) ?? null,
    gcTime: 0,
    staleTime: 0,
    // Without a line one writes all the same; what the browser kept is there.
    networkMode: "always",
    retry: 1,
    retryDelay: 400,
  });
export const saveDraft = (ticketId: string, body: DraftBody) =>
  put<Draft>(`${placeOf(ticketId)}/draft`, body);
export const dropDraft = (ticketId: string) => call<void>("DELETE", `${placeOf(ticketId)}/draft`);

export const maxAttachment = 25 * 1024 * 1024;
export const uploadAttachment = (file: File, onProgress: (share: number) => void) =>
  upload<Attachment>("/attachments", file, onProgress);
export const deleteAttachment = (id: string) => del(`/attachments/${id}`);

export const contactQuery = (id: string) =>
  queryOptions({ queryKey: accountKey("contact", id), queryFn: () => get<Contact>(`/contacts/${id}`) });

/** Those with an address that begins so. */
export const contactsQuery = (beginning: string) =>
  queryOptions({
    queryKey: accountKey("contact", "beginning", beginning),
    queryFn: ({ signal }) =>
      get<Page<{ id: string; name: string; email: string | null }>>("/contacts", {
        query: { q: beginning, limit: 10 },
        signal,
      }),
  });

export interface ContactChange {
  name?: string;
  owner?: string | null;
  custom?: Record<string, unknown>;
}
export const changeContact = (id: string, change: ContactChange) => patch<Contact>(`/contacts/${id}`, change);
