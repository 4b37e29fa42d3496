// The ledger of a channel that is fetched: every message on its server, and what became of it here.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";

export interface LedgerFolder {
  folder: string;
  on_server: number;
  explained: number;
}
export interface LedgerItem {
  folder: string;
  key: string;
  state: string;
  reason: string;
  at: string | null;
  size: number;
  raw_event_id: string | null;
  ticket: { id: string; number: number } | null;
  can_replay: boolean;
}
export interface Ledger {
  on_server: number;
  explained: number;
  swept_at: string | null;
  folders: LedgerFolder[];
  history: { from: string | null; total: number; done: number } | null;
  items: LedgerItem[];
  next: string | null;
}
export interface LedgerFilter {
  state?: string;
  folder?: string;
}

/** The server sweeps by itself; nobody tells us when nothing has changed. */
const freshFor = 20_000;

/** The sums alone. */
export const ledgerSumQuery = (channelId: string) =>
  queryOptions({
    queryKey: accountKey("ledger", channelId, "sum"),
    queryFn: () => get<Ledger>(`/channels/${channelId}/ledger`, { query: { limit: 1 } }),
    refetchInterval: freshFor,
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
