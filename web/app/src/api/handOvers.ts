// Handing over what somebody has, to a colleague or to the queue, and taking that back.
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";

export type HandOverWhy = "ill" | "out_of_office" | "deactivated" | "other";
export interface PlannedTicket {
  id: string;
  number: number;
  subject: string;
  waiting_since: string | null;
}
export interface HandOverIn {
  from: string;
  why: HandOverWhy;
  tickets: "all" | string[];
  /** A member, or null: back to the queue. */
  to: string | null;
}

export const handOverPlanQuery = (memberId: string) =>
  queryOptions({
    queryKey: accountKey("hand-over-plan", memberId),
    queryFn: () => get<{ tickets: PlannedTicket[] }>("/hand-overs/plan", { query: { member: memberId } }),
    staleTime: 0,
  });
export const handOver = (body: HandOverIn) => post<{ id: string; tickets: number }>("/hand-overs", body);
export const undoHandOver = (id: string) =>
  post<{ restored: number; left: unknown[] }>(`/hand-overs/${id}/undo`);
