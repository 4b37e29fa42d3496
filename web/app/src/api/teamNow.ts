// How the team stands at this moment: people, queues, what waits and why.
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get } from "./http";
import type { Capacity, Load, Person } from "./people";

/** Somebody with a seat, with what they carry. */
export interface PersonNow extends Person {
  load: Load;
  capacity: Capacity;
  oldest_unanswered: { ticket_id: string; number: number; since: string } | null;
}
export interface WaitingWhy {
  code: string;
  text: string;
  skills?: string[];
  count: number;
}
export interface QueueNow {
  id: string;
  name: string;
  kind?: string;
  waiting: number;
  oldest_at: string | null;
  why: WaitingWhy[];
}
export interface TeamNow {
  at: string;
  people: PersonNow[];
  channels: QueueNow[];
  teams: QueueNow[];
  unassigned: number;
}

export const teamNowQuery = () =>
  queryOptions({ queryKey: accountKey("team-now"), queryFn: () => get<TeamNow>("/team-now") });
