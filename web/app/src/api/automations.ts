// Ticket automation of a channel: its rules, what they did, and the acknowledgement of a first message.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, patch, post, put } from "./http";
import type { Condition } from "./routing";
import type { Page } from "./types";

export type Trigger = Schemas["AutomationOut"]["trigger"];
export type Action = Schemas["AutomationOut"]["actions"][number];
export type Automation = Omit<Schemas["AutomationOut"], "condition"> & { condition: Condition };
export type AutomationRun = Schemas["AutomationRun"];
export type Outcome = AutomationRun["outcome"];

export interface AutomationDraft {
  name: string;
  active: boolean;
  trigger: Trigger;
  condition: Condition;
  actions: Action[];
}

export const automationsQuery = (channelId: string) =>
  queryOptions({
    queryKey: accountKey("automations", channelId),
    queryFn: () => get<Page<Automation>>(`/channels/${channelId}/automations`),
  });
export const createAutomation = (channelId: string, draft: AutomationDraft) =>
  post<Automation>(`/channels/${channelId}/automations`, draft);
export const changeAutomation = (id: string, change: Partial<AutomationDraft>) =>
  patch<Automation>(`/automations/${id}`, change);
export const deleteAutomation = (id: string) => del(`/automations/${id}`);
export const undeleteAutomation = (id: string) => post<Automation>(`/automations/${id}/undelete`);
export const orderAutomations = (channelId: string, ids: string[]) =>
  put<Page<Automation>>(`/channels/${channelId}/automations/order`, { ids });

export interface RunFilter {
  rule?: string;
  ticket?: number;
  outcome?: Outcome;
}

export const automationRunsQuery = (channelId: string, filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("automation-runs", channelId, filter),
    queryFn: ({ pageParam, signal }) =>
      get<Page<AutomationRun>>(`/channels/${channelId}/automation-runs`, {
        query: { ...filter, limit: 50, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export type Acknowledgement = Required<Schemas["Acknowledgement"]>;
export type AcknowledgementLanguage = Schemas["AcknowledgementLanguage"];

export const acknowledgementLanguagesQuery = () =>
  queryOptions({
    queryKey: accountKey("acknowledgement-languages"),
    queryFn: () => get<Page<AcknowledgementLanguage>>("/acknowledgements/languages"),
    staleTime: Number.POSITIVE_INFINITY,
  });
/** What a customer would get by this setting, saved or not. */
export const acknowledgementPreviewQuery = (acknowledgement: Acknowledgement) =>
  queryOptions({
    queryKey: accountKey("acknowledgement-preview", acknowledgement),
    queryFn: () => post<Schemas["AcknowledgementShown"]>("/acknowledgements/preview", { acknowledgement }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
