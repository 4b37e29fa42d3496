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
  fallback: string | null;
  deskChoice: Channel | null;
}

export function useAnswering(): Answering {
  const channels = useQuery(channelsQuery()).data?.items;
  const kinds = useQuery(kindsQuery()).data?.items;
  const desk = useQuery(deskSettingsQuery()).data;
  const among = answerers(channels ?? [], kinds ?? []);
  const fallback = (desk as { fallback_channel?: string | null } | undefined)?.fallback_channel ?? null;
  return {
    known: Boolean(channels && kinds && desk),
    among,
    fallback,
    deskChoice: deskChoice(among, fallback),
  };
}
