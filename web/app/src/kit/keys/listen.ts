// The one listener for keys: it finds out what was meant, or waits for the next stroke of "g i".
import { allMounted, isOn, type Key, writtenKeys } from "./registry";
import { singleKeysWork } from "./singleKeys";
import { isSingle, isStruck, strokesOf } from "./strokes";

const patience = 2_000;

export interface Following {
  /** What was struck already: "g". */
  struck: string[];
  /** What may follow, and what it does. */
  next: { stroke: string; key: Key }[];
}

let following: Following | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let covered = false;
const watchers = new Set<() => void>();

let listening = false;
export function listen(): void {
  if (listening) return;
  listening = true;
  // What lies over the page may be gone by the time that the stroke has come up here: it closes by the same Escape.
  window.addEventListener(
    "keydown",
    () => {
      covered = isCovered();
    },
    { capture: true },
  );
  window.addEventListener("keydown", onKeyDown);
  window.addEventListener("blur", () => follow(null));
}

export const nowFollowing = () => following;
export function watchFollowing(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const struck = following?.struck ?? [];
  if (struck.length > 0 && event.key === "Escape") {
    follow(null);
    event.preventDefault();
    return;
  }
  const candidates = within(event).flatMap((key) =>
    writtenKeys(key)
      .map(strokesOf)
      .filter((strokes) => continues(strokes, struck, event) && isAllowed(strokes, event))
      .map((strokes) => ({ key, strokes })),
  );
  const first = candidates[0];
  const goesOn = first && first.strokes.length > struck.length + 1;
  follow(goesOn ? first.strokes.slice(0, struck.length + 1) : null);
  if (!first) return;
  event.preventDefault();
  if (!goesOn && (!event.repeat || first.key.repeats)) first.key.run?.();
}

/** The keys that count here, the innermost first. */
function within(event: KeyboardEvent): Key[] {
  // Escape in a field is the field's own, or of what the field is a part of.
  const inField = event.key === "Escape" && isField(target(event));
  const keys = allMounted().filter(
    ({ scope }) => scope === "dialog" || (!covered && (!inField || scope === "composer")),
  );
  return [...keys]
    .reverse()
    .flatMap((one) => one.keys)
    .filter((key) => key.run && isOn(key));
}

function continues(strokes: string[], struck: string[], event: KeyboardEvent): boolean {
  const now = strokes[struck.length];
  return now !== undefined && struck.every((stroke, at) => strokes[at] === stroke) && isStruck(now, event);
}

function isAllowed(strokes: string[], event: KeyboardEvent): boolean {
  const single = strokes.every(isSingle);
  if (single && !singleKeysWork()) return false;
  const at = target(event);
  if (event.key === "Enter" || event.key === " ") return !isField(at) && !isPressed(at);
  // There it chooses all of the text, and not what the page would.
  if (event.key.toLowerCase() === "a" && isField(at)) return false;
  if (event.key === "Escape" || event.ctrlKey || event.metaKey || event.altKey) return true;
  return !isField(at);
}

function follow(struck: string[] | null): void {
  clearTimeout(timer);
  if (!struck && !following) return;
  following = struck && { struck, next: nextAfter(struck) };
  if (struck) timer = setTimeout(() => follow(null), patience);
  for (const watcher of watchers) watcher();
}

function nextAfter(struck: string[]): Following["next"] {
  const found = new Map<string, Key>();
  for (const { keys } of allMounted())
    for (const key of keys.filter(isOn))
      for (const strokes of writtenKeys(key).map(strokesOf)) {
        const next = strokes[struck.length];
        if (next !== undefined && struck.every((stroke, at) => strokes[at] === stroke)) found.set(next, key);
      }
  return [...found].map(([stroke, key]) => ({ stroke, key }));
}

const isModifier = (key: string) => ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(key);

const target = (event: KeyboardEvent) => event.composedPath()[0];

/** Something one types in. */
function isField(at: EventTarget | undefined): boolean {
  if (at instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit", "range", "color", "file"].includes(at.type);
  return (
    at instanceof HTMLElement &&
    (at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement || at.isContentEditable)
  );
}

/** Something that Enter and the space bar press by themselves. */
const isPressed = (at: EventTarget | undefined) =>
  at instanceof Element && at.closest("a[href], button, summary, [role=button], input, label") !== null;

const over = '[data-portal] :is([role="dialog"], [role="listbox"], [role="menu"]), [aria-modal="true"]';

/** A dialog, menu or list lies over the page and has the keys. Some are kept in the document while they are shut. */
export const isCovered = () =>
  [...document.querySelectorAll(over)].some((one) => one.checkVisibility?.() ?? true);
