// One line of the palette, and which lines fit what was typed, the best and the lately chosen first.
import type { Icon } from "@tabler/icons-react";
import { fitness } from "@/kit/fuzzy";
import type { Choice } from "@/kit/keys";

export interface Entry {
  id: string;
  group: "here" | "ticket" | "contact" | "view" | "member" | "go";
  label: string;
  /** Beside the label, quieter. */
  detail?: string;
  icon?: Icon;
  keys?: string;
  words?: string;
  /** The server chose it for what was typed. */
  found?: boolean;
  run?: () => void;
  choices?: () => Choice[] | Promise<Choice[]>;
}

const most = 60;

export function fitting(entries: Entry[], typed: string, recent: string[]): Entry[] {
  const lately = (entry: Entry) => {
    const at = recent.indexOf(entry.id);
    return at < 0 ? 0 : 12 - at;
  };
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, typed) }))
    .filter((one): one is { entry: Entry; score: number } => one.score !== null)
    .map(({ entry, score }) => ({ entry, score: score + lately(entry) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function scoreOf(entry: Entry, typed: string): number | null {
  if (entry.found) return 150;
  const scores = [fitness(typed, entry.label), entry.words ? fitness(typed, entry.words) : null].filter(
    (score) => score !== null,
  );
  return scores.length > 0 ? Math.max(...scores) + (entry.group === "here" ? 10 : 0) : null;
}

/** Lines of a group stand together, in the order in which the groups' best come. */
export function grouped(entries: Entry[]): [Entry["group"], Entry[]][] {
  const groups = new Map<Entry["group"], Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}
