// Teams: a ticket of a team is given to its main members by itself, to extra ones by hand only.
import { del, patch, post } from "./http";

export interface TeamMember {
  id: string;
  is_main: boolean;
}
export interface Team {
  id: string;
  name: string;
  member_ids: string[];
  members: TeamMember[];
}

export const makeTeam = (name: string, members: TeamMember[] = []) => post<Team>("/teams", { name, members });
export const changeTeam = (id: string, change: { name?: string; members?: TeamMember[] }) =>
  patch<Team>(`/teams/${id}`, change);
export const removeTeam = (id: string) => del(`/teams/${id}`);
