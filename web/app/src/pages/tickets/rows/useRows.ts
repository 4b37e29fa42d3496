// The rows of a list, however they look: only those in sight are drawn, focus walks through them and is not lost when
// they move.
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { Ticket } from "@/api/types";
import { useSteadyScroll } from "./useSteadyScroll";

interface Options {
  tickets: Ticket[];
  rowHeight: number;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

/** As many are read ahead of the last one in sight. */
const ahead = 25;

export function useRows({ tickets, rowHeight, hasMore, loadingMore, onMore }: Options) {
  const scroller = useRef<HTMLDivElement>(null);
  const focused = useRef<{ id: string; index: number } | null>(null);
  const { above, toTop, watch } = useSteadyScroll(scroller, tickets, rowHeight);

  const placeOfFocus = useCallback(() => {
    const kept = focused.current;
    if (!kept) return null;
    if (tickets[kept.index]?.id === kept.id) return kept.index;
    const index = tickets.findIndex(({ id }) => id === kept.id);
    return index < 0 ? null : index;
  }, [tickets]);

  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => tickets[index]?.id ?? index,
    overscan: 12,
    rangeExtractor: useCallback((range: Range) => withFocused(range, placeOfFocus()), [placeOfFocus]),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height is the reason to measure again
  useEffect(() => rows.measure(), [rows, rowHeight]);

  const shown = rows.getVirtualItems();
  const last = shown[shown.length - 1]?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= tickets.length - ahead) onMore();
  }, [last, hasMore, loadingMore, tickets.length, onMore]);

  const focusRow = useCallback(
    (index: number) => {
      if (index < 0) return;
      const focus = () => {
        const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a[href]`);
        link?.focus({ preventScroll: true });
        return link;
      };
      rows.scrollToIndex(index, { align: "auto" });
      // Keys come faster than frames; only a row that was not drawn yet has to be waited for.
      if (!focus()) requestAnimationFrame(focus);
    },
    [rows],
  );

  // The row that had the focus has left the list: it goes to the one that stands in its place.
  useLayoutEffect(() => {
    const kept = focused.current;
    if (!kept) return;
    const index = placeOfFocus();
    if (index !== null) focused.current = { id: kept.id, index };
    else if (document.activeElement === document.body && tickets.length > 0)
      focusRow(Math.min(kept.index, tickets.length - 1));
    else focused.current = null;
  }, [tickets, placeOfFocus, focusRow]);

  const onFocus = useCallback(
    (event: FocusEvent) => {
      const index = indexOf(event.target);
      const ticket = index === null ? undefined : tickets[index];
      focused.current = ticket && index !== null ? { id: ticket.id, index } : null;
    },
    [tickets],
  );
  const onBlur = useCallback((event: FocusEvent) => {
    // Focus that goes nowhere was lost with its row, not moved away.
    if (event.relatedTarget && !scroller.current?.contains(event.relatedTarget as Node))
      focused.current = null;
  }, []);

  const focusedIndex = useCallback(
    () => (scroller.current?.contains(document.activeElement) ? indexOf(document.activeElement) : null),
    [],
  );
  return {
    scroller,
    shown,
    height: rows.getTotalSize(),
    above,
    toTop,
    focusRow,
    focusedIndex,
    watch: { ...watch, onFocus, onBlur },
  };
}

function indexOf(element: EventTarget | null): number | null {
  const row = element instanceof Element ? element.closest<HTMLElement>("[data-index]") : null;
  return row ? Number(row.dataset.index) : null;
}

/** The row with the focus stays drawn when it is scrolled out of sight. */
function withFocused(range: Range, index: number | null): number[] {
  const drawn = defaultRangeExtractor(range);
  if (index === null || drawn.includes(index) || index >= range.count) return drawn;
  return [...drawn, index].sort((a, b) => a - b);
}
