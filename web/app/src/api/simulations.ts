// The rule simulator: changed rules run over what came in in the last 30 days.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, post } from "./http";
import type { Routing } from "./routing";

export type Simulation = Schemas["SimulationOut"];
export type SimulationResult = Schemas["SimulationResultOut"];
export type BeforeAfter = Schemas["BeforeAfterOut"];

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
