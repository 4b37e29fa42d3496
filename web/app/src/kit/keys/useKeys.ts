// Says what can be done by key while this component is on the screen.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { listen } from "./listen";
import { allMounted, changed, type Key, type Mounted, mount, type Scope, watchMounted } from "./registry";

export function useKeys(scope: Scope, keys: Key[]): void {
  const mine = useRef<Mounted | null>(null);
  useEffect(() => {
    listen();
    const one: Mounted = { scope, keys: mine.current?.keys ?? [] };
    mine.current = one;
    return mount(one);
  }, [scope]);
  // After each drawing: what `run` closes over is never old.
  useEffect(() => {
    if (!mine.current) return;
    const before = told(mine.current.keys);
    mine.current.keys = keys;
    if (told(keys) !== before) changed();
  });
}

/** What those who list the keys would see. */
const told = (keys: Key[]) =>
  keys.map(({ id, keys, label, enabled }) => `${id}\t${keys}\t${label}\t${enabled}`).join("\n");

export const useMounted = () => useSyncExternalStore(watchMounted, allMounted);
