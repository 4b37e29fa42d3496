// Making and changing pipelines; reading them is in desk.ts, since every page of an account shows statuses.
import { accountKey } from "./desk";
import { del, patch, post } from "./http";
import type { Pipeline } from "./types";

export type PipelineStatus = Pipeline["statuses"][number];

/** One that is new has no id; others may name it by its key. */
export interface StatusBody {
  id?: string;
  key?: string;
  name: string;
  is_closed: boolean;
  may_start: boolean;
  counts: boolean;
  on_customer_message: string | null;
  on_agent_reply: string | null;
}
export interface PipelineChange {
  name?: string;
  no_skipping?: boolean;
  no_backwards?: boolean;
  grace_days?: number;
  position?: number;
  is_default?: true;
  statuses?: StatusBody[];
  /** From the id of a status that goes to the id or key of one that stays. */
  move_to?: Record<string, string>;
}

export const pipelinesKey = () => accountKey("pipelines");
export const createPipeline = (name: string) => post<Pipeline>("/pipelines", { name });
export const changePipeline = (id: string, change: PipelineChange) =>
  patch<Pipeline>(`/pipelines/${id}`, change);
export const deletePipeline = (id: string, moveTo: { pipeline: string; status: string } | null) =>
  del(`/pipelines/${id}`, { move_to: moveTo });
