// Tags: words of the account's own on tickets.
import type { Schemas } from "@kanal/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post } from "./http";
import type { Page } from "./types";

export type Tag = Schemas["Tag"];

/** Those that begin with what was typed, the most used first. */
export const tagsQuery = (beginning: string) =>
  queryOptions({
    queryKey: accountKey("tags", beginning),
    queryFn: ({ signal }) => get<Page<Tag>>("/tags", { query: { q: beginning, limit: 12 }, signal }),
    placeholderData: keepPreviousData,
  });

export const addTag = (ticketId: string, name: string) =>
  post<Schemas["TagsOut"]>(`/tickets/${ticketId}/tags`, { name });
export const removeTag = (ticketId: string, name: string) =>
  del<Schemas["TagsOut"]>(`/tickets/${ticketId}/tags/${encodeURIComponent(name)}`);
