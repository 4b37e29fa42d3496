// What can be done by key on the screen at this moment. Whoever is mounted says it; the listener, the cheat sheet and
// the palette read it here.
import type { Icon } from "@tabler/icons-react";

/** From the outermost to the innermost; where two want the same key, the inner one has it. */
export const scopes = ["anywhere", "page", "list", "ticket", "selection", "composer", "dialog"] as const;
export type Scope = (typeof scopes)[number];

export interface Choice {
  id: string;
  label: string;
  icon?: Icon;
  /** Other words it is found by. */
  words?: string;
  run: () => void;
}

export interface Key {
  id: string;
  /** "m", "g i" (one after the other), "mod+k"; several do the same. Without, it is found in the palette alone. */
  keys?: string | string[];
  label: string;
  icon?: Icon;
  /** Other words it is found by in the palette. */
  words?: string;
  /** Without it the key is told on the cheat sheet and somebody else listens for it. */
  run?: () => void;
  /** What the palette asks next instead of `run`: whom to assign, until when to snooze. */
  choices?: () => Choice[] | Promise<Choice[]>;
  enabled?: boolean;
  /** Held down, it goes on. */
  repeats?: boolean;
  /** Too plain for the palette, such as a step down. */
  unlisted?: boolean;
}

export interface Mounted {
  scope: Scope;
  keys: Key[];
}

const mounted: Mounted[] = [];
const watchers = new Set<() => void>();
let shown: Mounted[] = [];

export function mount(one: Mounted): () => void {
  mounted.push(one);
  changed();
  return () => {
    mounted.splice(mounted.indexOf(one), 1);
    changed();
  };
}

export function changed(): void {
  // Sorting keeps the order of mounting within a scope.
  shown = [...mounted].sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope));
  for (const watcher of watchers) watcher();
}

/** All that is mounted, outermost first. */
export const allMounted = (): Mounted[] => shown;

export function watchMounted(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const isOn = (key: Key) => key.enabled !== false;
export const writtenKeys = ({ keys }: Key): string[] =>
  keys === undefined ? [] : typeof keys === "string" ? [keys] : keys;
