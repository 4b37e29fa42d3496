// A conversation opens at its end, or at what is new, and stays at the end while things arrive or grow.
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const near = 60;

export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const stuck = useRef(true);
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
    stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < near;
    setAtEnd(stuck.current);
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
  }, []);
  return { atEnd, toEnd, onScroll, release };
}
