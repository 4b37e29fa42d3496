// Members: who they are, how they stand, what they carry, and what can be done to them.
import type { Schemas } from "@kanal/client";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { WeeklyHours } from "./availability";
import { accountKey } from "./desk";
import { currentAccount, del, get, getAll, Offline, Problem, patch, post } from "./http";
import type { Page } from "./types";

/** Whatever shows a person shows these. */
export type Person = Schemas["PersonOut"];

export const works = ["calling", "messaging", "email"] as const;
export type Work = (typeof works)[number];
/** What somebody carries now: tickets whose last word is the customer's. */
export type Load = Schemas["LoadOut"];
/** Nothing: no limit; `total`: one for all; else one for each sort of work. */
export type Capacity = Partial<Load>;

/** A member as the list has them. */
export type Member = Omit<Schemas["MemberOut"], "capacity"> & { capacity: Capacity };
/** With a link to be passed on by hand where no mail can be sent. */
export type Invited = Schemas["Invited"];

export type MemberSkill = Schemas["MemberSkill"];
export type SkillLevel = MemberSkill["level"];
/** Where a channel's routing names somebody: as a target, in the fallback, or in a rule. */
export type Use = Schemas["UseOut"];
/** A member as their own page has them. */
export type WholeMember = Omit<Schemas["WholeMember"], "capacity" | "working_hours"> & {
  capacity: Capacity;
  working_hours: WeeklyHours | null;
};

export interface MemberChange {
  name?: string;
  title?: string;
  chat_name?: string;
  role?: string;
  seat?: boolean;
  teams?: { id: string; is_main: boolean }[];
  skills?: { id: string; level: SkillLevel }[];
  capacity?: Capacity;
  working_hours?: WeeklyHours | null;
  timezone?: string;
  country?: string;
}
export interface Invitation {
  email: string;
  role: string;
  seat: boolean;
  team_ids: string[];
}
/** What becomes of the tickets of somebody who leaves. */
export type LeftTickets = "keep" | "queue" | { to: string };

export const peopleQuery = () =>
  queryOptions({ queryKey: accountKey("members"), queryFn: () => getAll<Member>("/members") });
export const memberQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("member", id),
    queryFn: () => get<WholeMember>(`/members/${id}`),
    staleTime: 5_000,
  });

export const changeMember = (id: string, change: MemberChange) =>
  patch<WholeMember>(`/members/${id}`, change);
export const invite = (invitation: Invitation) => post<Invited>("/members", invitation);
export const inviteAgain = (id: string) => post<Invited>(`/members/${id}/invitation`);
export const withdrawInvitation = (id: string) => del(`/members/${id}`);
export const deactivate = (id: string, tickets: LeftTickets) =>
  post<{ hand_over_id: string | null }>(`/members/${id}/deactivate`, { tickets });
export const reactivate = (id: string) => post<void>(`/members/${id}/reactivate`);

export const removePhoto = (id: string) => del(`/members/${id}/photo`);
/** The photo as it is, without a form around it. */
export async function putPhoto(id: string, file: Blob): Promise<void> {
  const account = currentAccount();
  const response = await fetch(`/api/v1/members/${id}/photo`, {
    method: "PUT",
    body: file,
    credentials: "same-origin",
    headers: { "Content-Type": file.type, ...(account && { "Kanal-Account": account }) },
  }).catch(() => {
    throw new Offline();
  });
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})));
}

/** Somebody by id, as the list of members has them; undefined until it is there. */
export function usePerson(id: string | null | undefined): Member | undefined {
  return useQuery({
    ...peopleQuery(),
    enabled: !!id,
    select: useCallback((page: Page<Member>) => page.items.find((member) => member.id === id), [id]),
  }).data;
}

/** Reads again whatever shows somebody. */
export function useFreshPeople(): (memberId?: string) => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(
    async (memberId) => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: accountKey("members") }),
        queryClient.invalidateQueries({ queryKey: accountKey("me") }),
        memberId
          ? queryClient.invalidateQueries({ queryKey: accountKey("member", memberId) })
          : queryClient.invalidateQueries({ queryKey: accountKey("member") }),
      ]);
    },
    [queryClient],
  );
}
