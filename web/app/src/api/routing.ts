// A channel's routing: what it is, what becomes of a message under it, its history, and why a ticket is whose it is.
import { queryOptions } from "@tanstack/react-query";
import type { WeeklyHours } from "./availability";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Work } from "./people";
import type { Channel, Page } from "./types";

export interface Targets {
  users: string[];
  teams: string[];
}
/** A condition tree: `{}` always holds. */
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
export interface Rule {
  id: string;
  name: string;
  when: Condition;
  require_skills: string[];
  to: Targets | null;
  fewer_skills_after: number | null;
  active: boolean;
}
export type Assign = "none" | "members" | "contact_owner";
export interface Routing {
  properties: Record<string, unknown>;
  rules: Rule[];
  assign: Assign;
  to: Targets;
  fallback: Targets;
  only_available: boolean;
  give_out_waiting: boolean;
  distribution: "fewest_open" | "round_robin";
  answer_limit_hours: number;
  owner_wait_hours: number;
  waiting_too_long_minutes: number | null;
  working_hours: WeeklyHours | null;
  timezone: string;
}
/** Something of the stored routing that became invalid later and is skipped, or, a warning, that is worth knowing. */
export interface RoutingProblem {
  field: string;
  message: string;
  code: string;
  warning: boolean;
}
export type RoutedChannel = Channel & {
  routing: Routing;
  routing_problems?: RoutingProblem[];
  routing_version?: number;
};

export interface Reason {
  code: string;
  since?: string | null;
  back_at?: string | null;
  open?: number | null;
  limit?: number | null;
  than?: number | null;
  work?: Work | null;
  skills?: string[];
  team?: string | null;
  text?: string;
}
export interface Candidate {
  member: string;
  name: string;
  chosen: boolean;
  reasons: Reason[];
}
export interface RuleRef {
  id: string;
  name: string;
  number: number;
}
export interface Decision {
  id: string;
  at: string;
  cause: "arrival" | "answer" | "queue" | "hand_over" | "undo" | "hand";
  outcome: "assigned" | "waiting" | "unassigned" | "kept";
  why: string;
  text: string;
  assignee: string | null;
  was_member: string | null;
  rule: RuleRef | null;
  actor: string | null;
  candidates: Candidate[];
}
export interface Someone {
  id: string;
  name: string;
}
export interface TicketRouting {
  assignee: Someone | null;
  rule: RuleRef | null;
  waiting_since: string | null;
  queue: {
    position: number;
    why: string;
    why_text: string;
    was: Someone | null;
    owner: Someone | null;
    owner_until: string | null;
  } | null;
  candidates: Candidate[];
  decision: Decision | null;
  history: Decision[];
}

export const ticketRoutingQuery = (ticketId: string) =>
  queryOptions({
    queryKey: accountKey("ticket-routing", ticketId),
    queryFn: ({ signal }) => get<TicketRouting>(`/tickets/${ticketId}/routing`, { signal }),
  });

export interface FieldChoice {
  value: string;
  label: string;
}
export interface ConditionField {
  field: string;
  label: string;
  group: "ticket" | "contact" | "message";
  type: string;
  operators: string[];
  options: FieldChoice[];
}
export const conditionFieldsQuery = () =>
  queryOptions({
    queryKey: accountKey("condition-fields", "routing"),
    queryFn: () => get<Page<ConditionField>>("/condition-fields", { query: { for: "routing" } }),
  });

export interface RoutingVersion {
  version: number;
  from: string;
  to: string | null;
  set_by: Someone | null;
  restored_from: number | null;
  changes: string[];
  routing: Routing;
}
export const routingHistoryQuery = (channelId: string) =>
  queryOptions({
    queryKey: accountKey("routing-history", channelId),
    queryFn: () => get<Page<RoutingVersion>>(`/channels/${channelId}/routing/history`),
  });
export const restoreRouting = (channelId: string, version: number) =>
  post<unknown>(`/channels/${channelId}/routing/history/${version}/restore`);

export interface PastedMessage {
  from: string;
  from_name?: string;
  to?: string;
  subject: string;
  text: string;
}
export interface PreviewAsk {
  routing?: Routing;
  message_id?: string;
  message?: PastedMessage;
}
export interface Preview {
  contact: {
    id: string | null;
    name: string;
    email: string | null;
    is_new: boolean;
    owner: Someone | null;
  };
  properties: Record<string, unknown>;
  rule: RuleRef | null;
  rules: { number: number; name: string; holds: boolean; because: string[] }[];
  assignee: Someone | null;
  outcome: Decision["outcome"];
  why: string;
  text: string;
  candidates: Candidate[];
}
export const previewRoute = (channelId: string, ask: PreviewAsk) =>
  post<Preview>(`/channels/${channelId}/route-preview`, ask);

export interface Property {
  id: string | null;
  key: string;
  label: string;
  help: string;
  type: string;
  builtin: boolean;
  options: FieldChoice[];
  archived: boolean;
}
export const propertiesQuery = (object: "ticket" | "contact") =>
  queryOptions({
    queryKey: accountKey("properties", object),
    queryFn: () => get<Page<Property>>("/properties", { query: { object } }),
  });
