// The address may name a message or comment (?at=): it is shown, older ones are fetched until it is there.
import { useSearch } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";
import type { TimelineRead } from "./useTimeline";

export function useShowAsked(
  scroller: RefObject<HTMLElement | null>,
  timeline: TimelineRead,
  release: () => void,
): string | undefined {
  const { at } = useSearch({ strict: false });
  const shown = useRef<string>(undefined);
  const { items, older, loading } = timeline;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other items are the reason to look again
  useEffect(() => {
    if (!at || loading || shown.current === at) return;
    const item = scroller.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(at)}"]`);
    if (item) {
      shown.current = at;
      release();
      item.scrollIntoView({ block: "center" });
      item.focus({ preventScroll: true });
    } else if (older.more && !older.loading) older.load();
  }, [at, items, loading, older, release, scroller]);
  return at;
}
