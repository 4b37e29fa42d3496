// One stroke of the keyboard: how it is written ("mod+k", "shift+n", "?"), whether it was struck, how it is shown.

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface Stroke {
  key: string;
  mod: boolean;
  shift: boolean;
  alt: boolean;
}

/** "g i" is two strokes, one after the other. */
export const strokesOf = (keys: string): string[] => keys.split(" ");

function parse(written: string): Stroke {
  const parts = written.toLowerCase().split("+");
  return {
    key: parts.at(-1) || "+",
    mod: parts.includes("mod"),
    shift: parts.includes("shift"),
    alt: parts.includes("alt"),
  };
}

export function isStruck(written: string, event: KeyboardEvent): boolean {
  const stroke = parse(written);
  const sign = isSign(stroke.key);
  // Many signs are struck with AltGr, which is Control and Alt to some systems.
  const altGr = sign && event.getModifierState("AltGraph");
  if (stroke.mod !== (isMac ? event.metaKey : event.ctrlKey && !altGr)) return false;
  if (isMac ? event.ctrlKey : event.metaKey) return false;
  if (stroke.alt !== (event.altKey && !altGr)) return false;
  // Which signs need shift differs between keyboards; for letters and named keys it tells two shortcuts apart.
  if (!sign && stroke.shift !== event.shiftKey) return false;
  return stroke.key === keyOf(event);
}

const isSign = (key: string) => key.length === 1 && key.toLowerCase() === key.toUpperCase();

/** On a keyboard without Latin letters, the letter that is printed there on a Latin one. */
function keyOf(event: KeyboardEvent): string {
  if (/^Key[A-Z]$/.test(event.code) && event.key.length === 1 && event.key.charCodeAt(0) > 0x24f)
    return event.code.slice(3).toLowerCase();
  return event.key.toLowerCase();
}

/** Without Control, Command or Alt, and so also something that one may be typing or saying. */
export const isSingle = (written: string) => {
  const { key, mod, alt } = parse(written);
  return !mod && !alt && key.length === 1;
};

const mac: Record<string, string> = { mod: "⌘", shift: "⇧", alt: "⌥" };
const others: Record<string, string> = { mod: "Ctrl", shift: "Shift", alt: "Alt" };
const named: Record<string, string> = {
  enter: "Enter",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  backspace: "⌫",
  delete: "Del",
  space: "Space",
};

/** The caps to draw for one stroke: ["Ctrl", "K"]. */
export function capsOf(written: string): string[] {
  const { key, mod, shift, alt } = parse(written);
  const caps = isMac ? mac : others;
  return [
    ...(mod ? [caps.mod] : []),
    ...(alt ? [caps.alt] : []),
    ...(shift ? [caps.shift] : []),
    named[key] ?? key.toUpperCase(),
  ].filter((cap) => cap !== undefined);
}
