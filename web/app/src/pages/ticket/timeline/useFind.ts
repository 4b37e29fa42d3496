// Goes to one item, such as a hit of a search: reads back until it is here, then shows and marks it.
import { type RefObject, useEffect, useRef, useState } from "react";
import type { TimelineRead } from "./useTimeline";

export function useFind(
  scroller: RefObject<HTMLElement | null>,
  timeline: TimelineRead,
  wanted: string | undefined,
  release: () => void,
): string | undefined {
  const done = useRef<string | undefined>(undefined);
  const [marked, setMarked] = useState<string | undefined>(undefined);
  const { items, older } = timeline;
  const isHere = !!wanted && items.some((item) => item.id === wanted);

  useEffect(() => {
    if (!wanted || done.current === wanted || items.length === 0) return;
    if (!isHere) {
      if (older.more && !older.loading) older.load();
      return;
    }
    done.current = wanted;
    release();
    setMarked(wanted);
    const item = scroller.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(wanted)}"]`);
    item?.scrollIntoView({ block: "center" });
    item?.focus({ preventScroll: true });
  }, [wanted, isHere, items, older, release, scroller]);

  return marked ?? wanted;
}
