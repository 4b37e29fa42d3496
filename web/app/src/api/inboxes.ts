// Conversations inboxes: what stands in them, and what can be done to a conversation there.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, patch, post } from "./http";
import type { Page } from "./types";

export type Inbox = Schemas["Inbox"];
export type InboxConversation = Schemas["InboxConversation"];
export type Conversation = Schemas["ConversationOut"];
export type ConversationChange = Partial<Pick<Conversation, "state">> & {
  assignee?: string | null;
  team?: string | null;
};

export const lanes = ["open", "mine", "unassigned", "closed"] as const;
export type Lane = (typeof lanes)[number];
export const isLane = (value: unknown): value is Lane => lanes.includes(value as Lane);

/** Named so where a ticket's id would stand: what is said in it is read and written by the same functions. */
export const apart = (id: string) => `conversation:${id}`;

export const inboxesQuery = () =>
  queryOptions({
    queryKey: accountKey("inboxes"),
    queryFn: ({ signal }) => get<Page<Inbox>>("/inboxes", { signal }),
  });

const asked: Record<Lane, { state: string; assignee?: string }> = {
  open: { state: "open" },
  mine: { state: "open", assignee: "me" },
  unassigned: { state: "open", assignee: "none" },
  closed: { state: "closed" },
};

export const conversationsQuery = (inbox: string, lane: Lane) =>
  infiniteQueryOptions({
    queryKey: accountKey("inbox-conversations", inbox, lane),
    queryFn: ({ pageParam, signal }) =>
      get<Page<InboxConversation>>(`/inboxes/${inbox}/conversations`, {
        query: { ...asked[lane], limit: 50, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("conversation", id),
    queryFn: ({ signal }) => get<Conversation>(`/conversations/${id}`, { signal }),
  });

export const changeConversation = (id: string, change: ConversationChange) =>
  patch<Schemas["WholeConversation"]>(`/conversations/${id}`, change);
export const makeTicket = (id: string) =>
  post<{ id: string; number: number }>(`/conversations/${id}/ticket`, {});

export const createInbox = (name: string) => post<Inbox>("/inboxes", { name });
export const renameInbox = (id: string, name: string) => patch<Inbox>(`/inboxes/${id}`, { name });
export const deleteInbox = (id: string) => del(`/inboxes/${id}`);
