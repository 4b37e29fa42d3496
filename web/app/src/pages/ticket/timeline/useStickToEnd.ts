// A conversation opens at its end, or at what is new, and stays at the end while things arrive or grow.
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const near = 60;

export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const stuck = useRef(true);
  const lastTop = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(
    (behavior: ScrollBehavior = "auto") => {
      stuck.current = true;
      setAtEnd(true);
      scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior });
    },
    [scroller],
  );
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isNear = scrollHeight - scrollTop - clientHeight < near;
    // Only going up lets go: being left behind by something that grew is not the reader's doing.
    if (isNear) stuck.current = true;
    else if (scrollTop < lastTop.current) stuck.current = false;
    lastTop.current = scrollTop;
    setAtEnd(isNear || stuck.current);
  }, [scroller]);

  useEffect(() => {
    const [outer, inner] = [scroller.current, content.current];
    if (!outer || !inner) return;
    const watch = new ResizeObserver(() => stuck.current && outer.scrollTo({ top: outer.scrollHeight }));
    watch.observe(inner);
    watch.observe(outer);
    return () => watch.disconnect();
  }, [scroller, content]);

  const release = useCallback(() => {
    stuck.current = false;
    lastTop.current = Number.POSITIVE_INFINITY;
  }, []);
  return { atEnd, toEnd, onScroll, release };
}
