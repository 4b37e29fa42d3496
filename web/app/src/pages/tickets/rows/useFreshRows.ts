// Which rows came in, or came up, since the list was last drawn; they are marked for a few seconds.
import { useEffect, useRef, useState } from "react";
import type { Ticket } from "@/api/types";

const markedFor = 6000;

export function useFreshRows(tickets: Ticket[]): ReadonlySet<string> {
  const newest = useRef<string | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const came = newest.current === null ? [] : newerThan(newest.current, tickets);
    newest.current = tickets.reduce(
      (latest, ticket) => later(latest, ticket.last_message_at),
      newest.current ?? "",
    );
    if (came.length) setFresh((known) => new Set([...known, ...came]));
  }, [tickets]);

  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(new Set()), markedFor);
    return () => clearTimeout(timer);
  }, [fresh]);

  return fresh;
}

export function newerThan(moment: string, tickets: Ticket[]): string[] {
  return tickets
    .filter((ticket) => ticket.last_direction !== "out" && (ticket.last_message_at ?? "") > moment)
    .map((ticket) => ticket.id);
}

const later = (a: string, b: string | null) => (b && b > a ? b : a);
