// Changes what was read without calling it fresh: what an event made stale is read again all the same, and what the
// change is not about stays as it is.
import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** `change` gives back what it was given where there is nothing to change. */
export function adjust<T>(queryClient: QueryClient, queryKey: QueryKey, change: (known: T) => T): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey })) {
    const { data, dataUpdatedAt, isInvalidated } = query.state;
    const changed = data === undefined ? data : change(data as T);
    if (changed === data) continue;
    queryClient.setQueryData(query.queryKey, changed, { updatedAt: dataUpdatedAt });
    if (isInvalidated)
      queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType: "none" });
  }
}

/** Changes those that `change` gives back changed; the list itself stays where none is. */
export function changeEach<T>(items: T[], change: (item: T) => T): T[] {
  const changed = items.map(change);
  return changed.some((item, at) => item !== items[at]) ? changed : items;
}
