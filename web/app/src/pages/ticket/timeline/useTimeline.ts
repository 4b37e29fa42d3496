// What was said and done, oldest first, and which version of it this screen shows.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { timelineQuery } from "@/api/timeline";
import type { TicketDetail, TimelineItem } from "@/api/types";

export interface TimelineRead {
  items: TimelineItem[];
  version: number | undefined;
  /** When this person saw the ticket before. */
  seenAt: string | null | undefined;
  loading: boolean;
  error: Error | null;
  retry: () => void;
  older: { more: boolean; loading: boolean; load: () => void };
}

export function useTimeline(ticket: TicketDetail): TimelineRead {
  const read = useInfiniteQuery(timelineQuery(ticket.id));
  const items = useMemo(() => inOrder(read.data?.pages.map((page) => page.items) ?? []), [read.data]);
  return {
    items,
    version: read.data?.pages[0]?.version,
    seenAt: read.data?.pages[0]?.seen_at,
    loading: read.isPending,
    error: read.data ? null : read.error,
    retry: read.refetch,
    older: { more: read.hasNextPage, loading: read.isFetchingNextPage, load: read.fetchNextPage },
  };
}

/** The newest page comes first, each page is oldest first; an item read twice stands once. */
export function inOrder(pages: TimelineItem[][]): TimelineItem[] {
  const seen = new Set<string>();
  return [...pages]
    .reverse()
    .flatMap((page) => page.filter((item) => !seen.has(item.id) && seen.add(item.id)));
}
