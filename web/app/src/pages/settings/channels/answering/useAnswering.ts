// The addresses that can answer for others, and the one that the desk chooses.
import { useQuery } from "@tanstack/react-query";
import { channelsQuery } from "@/api/channels";
import { kindsQuery } from "@/api/desk";
import { deskSettingsQuery } from "@/api/deskSettings";
import type { Channel } from "@/api/types";
import { answerers, deskChoice } from "./answering";

export interface Answering {
  /** False until everything is there: nothing is called missing before. */
  known: boolean;
  among: Channel[];
  deskChoice: Channel | null;
  /** What the desk chooses while no fallback is set. */
  oldest: Channel | null;
}

export function useAnswering(): Answering {
  const channels = useQuery(channelsQuery()).data?.items;
  const kinds = useQuery(kindsQuery()).data?.items;
  const desk = useQuery(deskSettingsQuery()).data;
  const among = answerers(channels ?? [], kinds ?? []);
  const fallback = desk?.fallback_channel ?? null;
  return {
    known: Boolean(channels && kinds && desk),
    among,
    deskChoice: deskChoice(among, fallback),
    oldest: deskChoice(among, null),
  };
}
