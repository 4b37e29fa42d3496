// What is pointed at, or has the focus, is fetched, so that it opens at once.
import { useQueryClient } from "@tanstack/react-query";
import { type FocusEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef } from "react";
import type { Ticket } from "@/api/types";
import { fetchAhead } from "../ahead";

/** A pointer on its way elsewhere fetches nothing. */
const restsFor = 90;

export function usePeek(tickets: Ticket[]) {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useRef(tickets);
  known.current = tickets;
  useEffect(() => () => clearTimeout(timer.current), []);
  const peek = useCallback(
    (target: EventTarget) => {
      const row = (target as Element).closest<HTMLElement>("[data-index]");
      const ticket = row && known.current[Number(row.dataset.index)];
      clearTimeout(timer.current);
      if (ticket) timer.current = setTimeout(() => fetchAhead(queryClient, ticket), restsFor);
    },
    [queryClient],
  );
  return useMemo(
    () => ({
      onPointerOver: (event: PointerEvent) => peek(event.target),
      onFocus: (event: FocusEvent) => peek(event.target),
    }),
    [peek],
  );
}
