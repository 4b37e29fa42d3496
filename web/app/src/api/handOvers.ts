// Handing over what somebody has, to a colleague or to the queue, and taking that back.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";

export type HandOverIn = Schemas["HandOverIn"];
export type HandOverWhy = HandOverIn["why"];
export type PlannedTicket = Schemas["Planned"];

export const handOverPlanQuery = (memberId: string) =>
  queryOptions({
    queryKey: accountKey("hand-over-plan", memberId),
    queryFn: () => get<Schemas["Plan"]>("/hand-overs/plan", { query: { member: memberId } }),
    staleTime: 0,
  });
export const handOver = (body: HandOverIn) => post<Schemas["HandedOver"]>("/hand-overs", body);
export const undoHandOver = (id: string) => post<Schemas["UndoneOut"]>(`/hand-overs/${id}/undo`);
