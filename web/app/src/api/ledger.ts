// The ledger of a channel that is fetched: every message on its server, and what became of it here.
import type { Schemas } from "@kanal/client";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";

export type Ledger = Schemas["LedgerOut"];
export type LedgerItem = Ledger["items"][number];
export type LedgerFolder = Ledger["folders"][number];
export interface LedgerFilter {
  state?: string;
  folder?: string;
}

/** The server sweeps by itself, and nobody tells us when nothing has changed; the first time somebody waits for it. */
const sweptAgain = 20_000;
const firstSwept = 2_000;

/** The sums alone. */
export const ledgerSumQuery = (channelId: string) =>
  queryOptions({
    queryKey: accountKey("ledger", channelId, "sum"),
    queryFn: () => get<Ledger>(`/channels/${channelId}/ledger`, { query: { limit: 1 } }),
    refetchInterval: ({ state }) => (state.data && !state.data.swept_at ? firstSwept : sweptAgain),
  });
export const ledgerQuery = (channelId: string, filter: LedgerFilter) =>
  infiniteQueryOptions({
    queryKey: accountKey("ledger", channelId, "list", filter),
    queryFn: ({ pageParam }) =>
      get<Ledger>(`/channels/${channelId}/ledger`, { query: { ...filter, limit: 50, after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
/** Fetches it once more, or has it understood once more. */
export const replayEntry = (channelId: string, entry: Pick<LedgerItem, "folder" | "key">) =>
  post<void>(`/channels/${channelId}/ledger/replay`, { folder: entry.folder, key: entry.key });
