// Reads which every page of an account needs: me, members, teams, pipelines, kinds.
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { currentAccount, get, getAll } from "./http";
import type { Kind, Me, Member, Page, Pipeline, Team } from "./types";

/** Every key of an account's data starts with its slug, so that accounts never mix in the cache. */
export function accountKey(...rest: readonly unknown[]): readonly unknown[] {
  return ["account", currentAccount(), ...rest];
}

export const meQuery = () => queryOptions({ queryKey: accountKey("me"), queryFn: () => get<Me>("/me") });
export const membersQuery = () =>
  queryOptions({ queryKey: accountKey("members"), queryFn: () => getAll<Member>("/members") });
export const teamsQuery = () =>
  queryOptions({ queryKey: accountKey("teams"), queryFn: () => getAll<Team>("/teams") });
export const pipelinesQuery = () =>
  queryOptions({ queryKey: accountKey("pipelines"), queryFn: () => get<Page<Pipeline>>("/pipelines") });
export const kindsQuery = () =>
  queryOptions({ queryKey: accountKey("kinds"), queryFn: () => get<Page<Kind>>("/kinds") });

/** The member behind every page of an account; the router loads it before the page. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}
