// What is new since this person last looked: where the divider stands, and telling the server what was seen.
import { useDocumentVisibility } from "@mantine/hooks";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { adjust, changeEach } from "@/api/adjust";
import { accountKey, useMe } from "@/api/desk";
import { markRead } from "@/api/tickets";
import type { Page, Ticket, TicketDetail, TimelineItem } from "@/api/types";

/** The id of the first item that is new, as it was when the ticket was opened or the tab came back. */
export function useSeen(
  ticket: TicketDetail,
  items: TimelineItem[],
  seenAt: string | null | undefined,
): string | null {
  const { member_id } = useMe();
  const visible = useDocumentVisibility() === "visible";
  // In this tab, or, before it, wherever the person saw it last.
  const seenUntil = useRef<string | null>(null);
  const [firstNew, setFirstNew] = useState<string | null>(null);
  const opened = useRef(false);
  const newest = items[items.length - 1]?.at;

  useEffect(() => {
    if (!newest) return;
    if (!opened.current) seenUntil.current = later(recall(ticket.id), seenAt);
    if (!opened.current || !visible)
      setFirstNew(firstNewItem(items, seenUntil.current, ticket.unread, member_id));
    opened.current = true;
    if (!visible) return;
    seenUntil.current = newest;
    remember(ticket.id, newest);
  }, [items, newest, visible, ticket.id, ticket.unread, member_id, seenAt]);

  useMarkRead(ticket, visible ? newest : undefined);
  return firstNew;
}

/** Without a memory of the last look, whatever came after my own last word is new if the ticket is unread. */
export function firstNewItem(
  items: TimelineItem[],
  seenUntil: string | null,
  unread: boolean,
  me: string,
): string | null {
  const start = seenUntil
    ? items.findIndex((item) => item.at > seenUntil)
    : unread
      ? lastOwn(items, me) + 1
      : -1;
  if (start <= 0) return null;
  return items.slice(start).find((item) => isNews(item, me))?.id ?? null;
}

function lastOwn(items: TimelineItem[], me: string): number {
  return items.findLastIndex((item) => author(item) === me);
}

const later = (one: string | null, other: string | null | undefined) =>
  one && other ? (one > other ? one : other) : (one ?? other ?? null);

/** How many are new, from the first of them on. */
export function countNew(items: TimelineItem[], firstNew: string | null, me: string): number {
  const start = items.findIndex((item) => item.id === firstNew);
  return start < 0 ? 0 : items.slice(start).filter((item) => isNews(item, me)).length;
}

const isNews = (item: TimelineItem, me: string) => item.type !== "event" && author(item) !== me;

function author(item: TimelineItem): string | null | undefined {
  if (item.type === "message") return item.from.member_id;
  return item.type === "comment" ? item.author?.member_id : item.actor?.member_id;
}

function useMarkRead(ticket: TicketDetail, newest: string | undefined): void {
  const queryClient = useQueryClient();
  const { id, unread } = ticket;
  useEffect(() => {
    if (!newest || !unread) return;
    markRead(id).then(
      () => showAsRead(queryClient, id),
      () => {}, // It stays unread, and is told again when the ticket is next opened.
    );
  }, [id, newest, unread, queryClient]);
}

function showAsRead(queryClient: ReturnType<typeof useQueryClient>, id: string): void {
  // The list of an inbox is short, and is read again; what one was told of the ticket is known now.
  for (const read of ["inbox-conversations", "conversation", "notices", "me"])
    queryClient.invalidateQueries({ queryKey: accountKey(read) });
  const read = <T extends Ticket>(ticket: T): T =>
    ticket.id === id && ticket.unread ? { ...ticket, unread: false } : ticket;
  adjust<InfiniteData<Page<Ticket>>>(queryClient, accountKey("tickets", "list"), (list) => {
    const pages = changeEach(list.pages, (page) => {
      const items = changeEach(page.items, read);
      return items === page.items ? page : { ...page, items };
    });
    return pages === list.pages ? list : { ...list, pages };
  });
  adjust<TicketDetail>(queryClient, accountKey("ticket"), read);
}

const place = (ticketId: string) => `kanal.seen.${ticketId}`;
const recall = (ticketId: string) => sessionStorage.getItem(place(ticketId));
const remember = (ticketId: string, at: string) => sessionStorage.setItem(place(ticketId), at);
