// The folders of a mailbox as parts of one line.
import type { LedgerFolder } from "@/api/ledger";

export interface Part extends LedgerFolder {
  /** Of the line; a small folder is still wide enough to be hit. */
  share: number;
  /** Percent of it that is explained; never full while something is missing. */
  filled: number;
}

const narrowest = 0.08;

export function partsOf(folders: readonly LedgerFolder[]): Part[] {
  const all = folders.reduce((sum, folder) => sum + folder.on_server, 0);
  return folders.map((folder) => ({
    ...folder,
    share: Math.max(all > 0 ? folder.on_server / all : 1, narrowest),
    filled: filledOf(folder),
  }));
}

function filledOf({ on_server, explained }: LedgerFolder): number {
  if (on_server === 0 || explained >= on_server) return 100;
  return Math.min(99, (100 * explained) / on_server);
}
