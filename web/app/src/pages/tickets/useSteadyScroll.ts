// Keeps what the reader looks at where it is while rows come in above, and counts those rows.
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

interface Row {
  id: string;
}

export function useSteadyScroll(scroller: RefObject<HTMLElement | null>, rows: Row[], rowHeight: number) {
  const anchor = useRef<{ id: string; index: number; offset: number } | null>(null);
  const [above, setAbove] = useState(0);

  const onScroll = useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0;
    const index = Math.floor(top / rowHeight);
    const row = rows[index];
    anchor.current = row && top > 4 ? { id: row.id, index, offset: top - index * rowHeight } : null;
    if (top <= 4) setAbove(0);
  }, [scroller, rows, rowHeight]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const kept = anchor.current;
    if (!element || !kept) return;
    const index = rows.findIndex((row) => row.id === kept.id);
    if (index < 0 || index === kept.index) return;
    element.scrollTop = index * rowHeight + kept.offset;
    if (index > kept.index) setAbove((count) => count + index - kept.index);
    anchor.current = { ...kept, index };
  }, [scroller, rows, rowHeight]);

  const toTop = useCallback(() => scroller.current?.scrollTo({ top: 0, behavior: "smooth" }), [scroller]);
  return { above, onScroll, toTop };
}
