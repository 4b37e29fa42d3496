// Conversations that are spam, the lists that decide on senders, and saying of a conversation that it is or is not.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post } from "./http";
import type { Page } from "./types";

export type Spam = Schemas["SpamOut"];
export type WholeSpam = Schemas["ReadSpamOut"];
export type SpamReason = Spam["why"]["code"];
/** `why` says how the sender came on the list: typed in, blocked, or as somebody whose forwards are believed. */
export type SenderRule = Schemas["SenderRuleOut"];
export type Verdict = SenderRule["verdict"];

export interface SpamFilter {
  q?: string;
  channel?: string;
  contact?: string;
}

export const spamListQuery = (filter: SpamFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("spam", "list", filter),
    queryFn: ({ pageParam }) =>
      get<Page<Spam>>("/spam", { query: { ...filter, limit: 50, after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
export const spamQuery = (conversation: string) =>
  queryOptions({
    queryKey: accountKey("spam", conversation),
    queryFn: () => get<WholeSpam>(`/spam/${conversation}`),
  });
export const spamOfContactQuery = (contact: string) =>
  queryOptions({
    queryKey: accountKey("spam", "contact", contact),
    queryFn: () => get<Page<Spam>>("/spam", { query: { contact, limit: 20 } }),
  });

export const markSpam = (conversation: string, { block = false } = {}) =>
  post<Schemas["MarkedOut"]>(`/conversations/${conversation}/spam`, { spam: true, block });
/** Takes a block of the sender back too. */
export const unmarkSpam = (conversation: string) =>
  post<Schemas["MarkedOut"]>(`/conversations/${conversation}/spam`, { spam: false });

export const senderRulesQuery = (verdict: Verdict, q: string) =>
  infiniteQueryOptions({
    queryKey: accountKey("sender-rules", verdict, q),
    queryFn: ({ pageParam }) =>
      get<Page<SenderRule>>("/sender-rules", { query: { verdict, q, limit: 50, after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
export const addSenderRule = (rule: Schemas["SenderRuleIn"]) => post<SenderRule>("/sender-rules", rule);
export const removeSenderRule = (id: string) => del(`/sender-rules/${id}`);
