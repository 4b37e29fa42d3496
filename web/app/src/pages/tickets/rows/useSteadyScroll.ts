// Keeps what the reader looks at, or aims at, where it is while rows come in above, and counts those rows.
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

interface Row {
  id: string;
}

/** Somebody whose pointer has lain still over the list for longer looks elsewhere. */
const aimsFor = 10_000;
const atTop = 4;

export function useSteadyScroll(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  rowHeight: number,
) {
  const before = useRef<{ rows: readonly Row[]; rowHeight: number }>({ rows, rowHeight });
  const aimedAt = useRef(0);
  const [above, setAbove] = useState(0);

  useLayoutEffect(() => {
    const was = before.current;
    before.current = { rows, rowHeight };
    const element = scroller.current;
    if (!element || was.rows === rows || was.rowHeight !== rowHeight) return;
    const top = element.scrollTop;
    if (top <= atTop && Date.now() - aimedAt.current > aimsFor) return;
    const seen = was.rows.slice(
      Math.floor(top / rowHeight),
      Math.ceil((top + element.clientHeight) / rowHeight),
    );
    const by = shiftOf(seen, Math.floor(top / rowHeight), rows);
    if (by === 0) return;
    element.scrollTop = top + by * rowHeight;
    if (by > 0) setAbove((count) => count + by);
  }, [scroller, rows, rowHeight]);

  const onScroll = useCallback(() => {
    if ((scroller.current?.scrollTop ?? 0) <= atTop) setAbove(0);
  }, [scroller]);
  const onPointerMove = useCallback(() => {
    aimedAt.current = Date.now();
  }, []);
  const onPointerLeave = useCallback(() => {
    aimedAt.current = 0;
  }, []);
  const toTop = useCallback(() => {
    aimedAt.current = 0;
    scroller.current?.scrollTo({ top: 0, behavior: "smooth" });
  }, [scroller]);
  return { above, toTop, watch: { onScroll, onPointerMove, onPointerLeave } };
}

/** By how many places most of what is in sight has moved; a row that went up by itself does not drag the list along. */
export function shiftOf(seen: readonly Row[], start: number, now: readonly Row[]): number {
  const places = new Map(now.map(({ id }, at) => [id, at]));
  const shifts = new Map<number, number>();
  seen.forEach(({ id }, at) => {
    const place = places.get(id);
    if (place === undefined) return;
    const by = place - (start + at);
    shifts.set(by, (shifts.get(by) ?? 0) + 1);
  });
  return [...shifts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
