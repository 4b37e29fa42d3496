// Long lists of tickets after something happened to a few: those are asked for, and put in their places. Reading every
// page again would be hundreds of requests after each message.
import type { Query, QueryClient } from "@tanstack/react-query";
import { get } from "@/api/http";
import { type TicketPages, without, withTicket } from "@/api/ticketPages";
import type { TicketFilter } from "@/api/tickets";
import type { Page, Ticket } from "@/api/types";

/** So many pages are read again as they are. */
const short = 3;
const mostAsked = 50;

export const isLongList = ({ queryKey, state }: Query) =>
  queryKey[2] === "tickets" &&
  queryKey[3] === "list" &&
  ((state.data as Partial<TicketPages> | undefined)?.pages?.length ?? 0) > short;

/** One after the other, so that an older answer never lies over a newer one. */
const running = new WeakMap<Query, Promise<void>>();

export function renewLists(queryClient: QueryClient, slug: string, ids: readonly string[]): void {
  for (const query of queryClient
    .getQueryCache()
    .findAll({ queryKey: ["account", slug, "tickets", "list"] })) {
    if (!isLongList(query)) continue;
    if (!query.isActive()) queryClient.removeQueries({ queryKey: query.queryKey, exact: true });
    else {
      const before = running.get(query) ?? Promise.resolve();
      running.set(
        query,
        before.then(() => renew(queryClient, query, ids)),
      );
    }
  }
}

async function renew(queryClient: QueryClient, query: Query, ids: readonly string[]): Promise<void> {
  const { queryKey } = query;
  try {
    if (ids.length > mostAsked) throw new Error("more than a few");
    const filter = queryKey[4] as TicketFilter;
    const ask = { ...filter, among: [...ids], limit: ids.length };
    const found = await get<Page<Ticket>>("/tickets", { query: ask });
    // A page that is on its way would put the list back as it was.
    if (query.state.fetchStatus === "fetching") await query.promise;
    queryClient.setQueryData<TicketPages>(queryKey, (list) => placed(list, ids, found.items, filter.sort));
  } catch {
    await queryClient.invalidateQueries({ queryKey, exact: true });
  }
}

/** `found` are those of `ids` that are in the list now. */
export function placed(
  list: TicketPages | undefined,
  ids: readonly string[],
  found: readonly Ticket[],
  sort = "-last_message_at",
): TicketPages | undefined {
  const rest = ids.reduce(without, list);
  return found.reduce((pages, ticket) => withTicket(pages, ticket, sort), rest);
}
