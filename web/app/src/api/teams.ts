// Teams: a ticket of a team is given to its main members by itself, to extra ones by hand only.
import type { Schemas } from "@kanal/client";
import { del, patch, post } from "./http";

export type Team = Schemas["Team"];
export type TeamMember = Schemas["TeamMember"];

export const makeTeam = (name: string, members: TeamMember[] = []) => post<Team>("/teams", { name, members });
export const changeTeam = (
  id: string,
  change: { name?: string; members?: TeamMember[]; sends_by?: string | null },
) => patch<Team>(`/teams/${id}`, change);
/** Refused as `team-in-use` while channels are open to it alone; by force they stay closed until opened to others. */
export const removeTeam = (id: string, force = false) => del(`/teams/${id}`, { force });
