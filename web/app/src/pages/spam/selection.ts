// Which conversations of the list are chosen; what leaves the list is chosen no longer.
import { useMemo, useState } from "react";

export function useSelection(listed: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = useMemo(() => listed.filter((id) => chosen.has(id)), [listed, chosen]);
  return {
    ids,
    has: (id: string) => chosen.has(id),
    toggle: (id: string) => setChosen((now) => toggled(now, id)),
    toggleAll: () => setChosen(ids.length === listed.length ? new Set() : new Set(listed)),
    clear: () => setChosen(new Set()),
  };
}

export function toggled(now: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(now);
  if (!next.delete(id)) next.add(id);
  return next;
}
