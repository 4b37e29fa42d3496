// How the team stands at this moment: people, queues, what waits and why.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get } from "./http";
import type { Load } from "./people";

export type TeamNow = Omit<Schemas["TeamNow"], "people"> & { people: PersonNow[] };
export type PersonNow = Omit<Schemas["PersonNow"], "load"> & { load: Load };
export type QueueNow = Schemas["QueueNow"];
export type WaitingWhy = Schemas["WaitingWhy"];

export const teamNowQuery = () =>
  queryOptions({ queryKey: accountKey("team-now"), queryFn: () => get<TeamNow>("/team-now") });
