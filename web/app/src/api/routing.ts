// A channel's routing: what it is, what becomes of a message under it, its history, and why a ticket is whose it is.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import type { WeeklyHours } from "./availability";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Channel, Page } from "./types";

/** A condition tree, which the API's description leaves open; `{}` always holds. */
export type Condition =
  | Record<string, never>
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | Leaf;
export interface Leaf {
  field: string;
  operator: string;
  value?: unknown;
}
export type ConditionField = Schemas["ConditionField"];

export type Targets = Schemas["Targets"];
export type Rule = Omit<Schemas["Rule"], "when"> & { when: Condition };
export type Routing = Omit<Schemas["Routing"], "rules" | "working_hours"> & {
  rules: Rule[];
  working_hours: WeeklyHours | null;
};
export type Assign = Routing["assign"];

/** Something of the stored routing that became invalid later and is skipped, or, a warning, that is worth knowing. */
export type RoutingProblem = Schemas["RoutingProblem"];
export type RoutedChannel = Omit<Channel, "routing"> & { routing: Routing };

/** What is said of a channel, with the parts that the API's description leaves open. */
export const routed = (channel: Channel) => channel as unknown as RoutedChannel;

export type Reason = Schemas["ReasonOut"];
export type Candidate = Schemas["CandidateOut"];
export type Decision = Schemas["DecisionOut"];
export type TicketRouting = Schemas["TicketRoutingOut"];

export const ticketRoutingQuery = (ticketId: string) =>
  queryOptions({
    queryKey: accountKey("ticket-routing", ticketId),
    queryFn: ({ signal }) => get<TicketRouting>(`/tickets/${ticketId}/routing`, { signal }),
  });

export const conditionFieldsQuery = (purpose: "routing" | "automation" | "views" = "routing") =>
  queryOptions({
    queryKey: accountKey("condition-fields", purpose),
    queryFn: () => get<Page<ConditionField>>("/condition-fields", { query: { for: purpose } }),
  });

export type RoutingVersion = Omit<Schemas["RoutingVersionOut"], "routing"> & { routing: Partial<Routing> };

export const routingHistoryQuery = (channelId: string) =>
  queryOptions({
    queryKey: accountKey("routing-history", channelId),
    queryFn: () => get<Page<RoutingVersion>>(`/channels/${channelId}/routing/history`),
  });
export const restoreRouting = (channelId: string, version: number) =>
  post<{ version: number }>(`/channels/${channelId}/routing/history/${version}/restore`);

export type PastedMessage = Schemas["PastedIn"];
export interface PreviewAsk {
  routing?: Routing;
  message_id?: string;
  message?: PastedMessage;
}
export type Preview = Schemas["RoutePreviewOut"];

export const previewRoute = (channelId: string, ask: PreviewAsk) =>
  post<Preview>(`/channels/${channelId}/route-preview`, ask);
