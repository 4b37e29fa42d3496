// What stands on the screen stays where it is when earlier items come in above it.
import { type RefObject, useLayoutEffect, useRef } from "react";

export function useSteadyTop(scroller: RefObject<HTMLElement | null>, firstId: string | undefined): void {
  const before = useRef<{ id: string; top: number } | null>(null);
  useLayoutEffect(() => {
    const area = scroller.current;
    if (!area || !firstId) return;
    const known = before.current && topOf(area, before.current.id);
    if (before.current && known !== null && before.current.id !== firstId)
      area.scrollTop += known - before.current.top;
    const remember = () => {
      const top = topOf(area, firstId);
      before.current = top === null ? null : { id: firstId, top };
    };
    remember();
    area.addEventListener("scroll", remember, { passive: true });
    return () => area.removeEventListener("scroll", remember);
  }, [scroller, firstId]);
}

function topOf(area: HTMLElement, id: string): number | null {
  const item = area.querySelector(`[data-id="${CSS.escape(id)}"]`);
  return item ? item.getBoundingClientRect().top - area.getBoundingClientRect().top : null;
}
