// Roles: what their members may do, and which tickets they see.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey, useMe } from "./desk";
import { del, get, patch, post } from "./http";
import type { Page } from "./types";

/** In the order in which a reader asks about them. */
export const permissions = [
  "read",
  "answer",
  "lead",
  "manage_availability",
  "edit_routing",
  "manage_channels",
  "manage_forms",
  "see_raw",
  "manage_desk",
  "manage_members",
] as const;
export type Permission = (typeof permissions)[number];

export const sights = ["all", "channels", "teams", "own"] as const;
/** Which tickets: all; of channels open to them; of these their own, their teams' and nobody's; their own only. */
export type Sees = (typeof sights)[number];

export type Role = Schemas["RoleRow"];
export type RoleBody = Pick<Role, "name" | "permissions" | "sees">;

export const rolesQuery = () =>
  queryOptions({ queryKey: accountKey("roles"), queryFn: () => get<Page<Role>>("/roles") });
export const makeRole = (role: RoleBody) => post<Role>("/roles", role);
export const changeRole = (key: string, role: RoleBody) => patch<Role>(`/roles/${key}`, role);
export const removeRole = (key: string) => del(`/roles/${key}`);

/** Whether I may do that, my seat counted; what is not allowed is shown, but cannot be changed. */
export function useMay(permission: Permission): boolean {
  return useMe().can[permission];
}
