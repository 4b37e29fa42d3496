// Snippets and macros: texts that are put into answers, and what they do to the ticket.
import type { Schemas } from "@kanal/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, patch, post } from "./http";
import type { Page, Ticket } from "./types";

export type Macro = Schemas["MacroOut"];
export type MacroAction = Macro["actions"][number];
export type SharedWith = Macro["shared_with"];
export type MacroPreview = Schemas["MacroPreview"];
export type MacroStep = MacroPreview["steps"][number];
export type MacroGap = MacroPreview["gaps"][number];
export type MacroToken = Schemas["MacroToken"];

export interface MacroBody {
  name: string;
  shortcut: string;
  body_html: string;
  actions: MacroAction[];
  shared_with: SharedWith;
  teams: string[];
}

/** A macro whose actions are to be done to a ticket, without some. */
export interface MacroUse {
  macro: string;
  leave_out: number[];
}

export const macrosQuery = () =>
  queryOptions({
    queryKey: accountKey("macros"),
    queryFn: ({ signal }) => get<Page<Macro>>("/macros", { signal }),
    staleTime: 60_000,
  });
export const macroTokensQuery = () =>
  queryOptions({
    queryKey: accountKey("macro-tokens"),
    queryFn: () => get<Page<MacroToken>>("/macros/tokens"),
    staleTime: 60_000,
  });
/** As it would read on a ticket. */
/** Not given up when the list that shows it closes: whoever chose from the list waits for it. */
export const macroPreviewQuery = (id: string, ticket: string) =>
  queryOptions({
    queryKey: accountKey("macro-preview", id, ticket),
    queryFn: () => post<MacroPreview>(`/macros/${id}/preview`, { ticket }),
    staleTime: 10_000,
    gcTime: 60_000,
  });
/** The same of one that is being written. */
export const draftPreviewQuery = (ticket: string, body_html: string, actions: MacroAction[]) =>
  queryOptions({
    queryKey: accountKey("macro-preview", "draft", ticket, body_html, actions),
    queryFn: ({ signal }) =>
      post<MacroPreview>("/macros/preview", { ticket, body_html, actions }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });

export const createMacro = (body: MacroBody) => post<Macro>("/macros", body);
export const changeMacro = (id: string, body: Partial<MacroBody>) => patch<Macro>(`/macros/${id}`, body);
export const deleteMacro = (id: string) => del(`/macros/${id}`);
export const restoreMacro = (id: string) => post<Macro>(`/macros/${id}/restore`);
export const noteMacroUse = (id: string) => post(`/macros/${id}/used`);
export const applyMacro = (ticketId: string, use: MacroUse) =>
  post<Ticket>(`/tickets/${ticketId}/macro`, use);
