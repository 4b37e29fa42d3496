// What is offered now and which of it is marked; the keys that choose from it.
import { useCallback, useRef, useState } from "react";
import { type Offer, Suggesting } from "./extension";
import type { Suggester } from "./suggester";

export function useSuggesting(suggesters: Suggester[]) {
  const latest = useRef(suggesters);
  latest.current = suggesters;
  const [offer, setOffer] = useState<Offer | null>(null);
  const [active, setActive] = useState(0);
  const shown = useRef({ offer, active });
  shown.current = { offer, active };

  const onOffer = useCallback((next: Offer | null) => {
    const offer = next && next.items.length > 0 ? next : null;
    // A key may come before it is drawn.
    shown.current = { offer, active: 0 };
    setOffer(offer);
    setActive(0);
  }, []);
  const onKey = useCallback((event: KeyboardEvent) => {
    const { offer, active } = shown.current;
    if (!offer) return false;
    const { items } = offer;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setActive((active + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
      return true;
    }
    // With Ctrl or ⌘ it sends; what is offered is then not meant.
    if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") {
      const chosen = items[active];
      if (chosen) offer.pick(chosen);
      return true;
    }
    return false;
  }, []);
  const extension = useRef(
    Suggesting.configure({
      names: suggesters.map(({ name }) => name),
      known: (name) => latest.current.find((one) => one.name === name),
      onOffer,
      onKey,
    }),
  );
  return { extension: extension.current, offer, active };
}
