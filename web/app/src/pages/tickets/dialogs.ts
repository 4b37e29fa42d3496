// Which dialog about views is open, whoever opened it: the rail, the head of a list, the palette.
import { useSyncExternalStore } from "react";
import type { Look, View } from "@/api/views";

export type Dialog =
  | { is: "new"; from?: View }
  | { is: "edit"; view: View }
  | { is: "columns"; view: View; onChoose: (look: Pick<Look, "columns">) => void }
  | { is: "arrange" };

let opened: Dialog | null = null;
const watchers = new Set<() => void>();

export function openDialog(dialog: Dialog | null): void {
  opened = dialog;
  for (const watcher of watchers) watcher();
}

export const closeDialog = () => openDialog(null);

export function useDialog(): Dialog | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => opened,
  );
}
