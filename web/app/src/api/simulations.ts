// The rule simulator: changed rules run over what came in the last 30 days.
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post } from "./http";
import type { Routing } from "./routing";

export interface BeforeAfter {
  id: string;
  name: string;
  before: number;
  after: number;
}
export interface ChangedTicket {
  ticket_id: string;
  number: number;
  subject: string;
  before: string | null;
  after: string | null;
}
export interface SimulationResult {
  tickets: number;
  elsewhere: number;
  unassigned_before: number;
  unassigned_after: number;
  missing_history: number;
  from: string;
  by_member: BeforeAfter[];
  by_team: BeforeAfter[];
  changes: ChangedTicket[];
}
export interface Simulation {
  id: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  reason?: string;
  done: number;
  total: number;
  result: SimulationResult | null;
}

export const isOver = (simulation: Simulation | undefined) =>
  simulation !== undefined && simulation.state !== "waiting" && simulation.state !== "running";

export const startSimulation = (channelId: string, routing: Routing) =>
  post<{ id: string }>(`/channels/${channelId}/simulations`, { routing });
export const cancelSimulation = (id: string) => del(`/simulations/${id}`);
export const simulationQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("simulations", id),
    queryFn: () => get<Simulation>(`/simulations/${id}`),
    // The live socket tells how far it is; this is for a socket that is away.
    refetchInterval: (query) => (isOver(query.state.data) ? false : 3000),
  });
