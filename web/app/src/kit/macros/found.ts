// Which macros fit what somebody typed, the best first.
import type { Macro } from "@/api/macros";

type Findable = Pick<Macro, "name" | "shortcut" | "body_text">;

/** The shortcut before the beginning of the name, that before a word of it, and what stands only in the text last;
 * among equals the order stays. */
export function found<T extends Findable>(macros: T[], typed: string): T[] {
  const wanted = typed.trim().toLocaleLowerCase().replace(/^[/#]/, "");
  if (!wanted) return macros;
  return macros
    .map((macro) => ({ macro, rank: rankOf(macro, wanted) }))
    .filter(({ rank }) => rank < nothing)
    .sort((one, other) => one.rank - other.rank)
    .map(({ macro }) => macro);
}

const nothing = 5;

function rankOf({ name, shortcut, body_text }: Findable, wanted: string): number {
  const called = name.toLocaleLowerCase();
  if (shortcut === wanted) return 0;
  if (shortcut.startsWith(wanted)) return 1;
  if (called.startsWith(wanted)) return 2;
  if (wanted.split(/\s+/).every((part) => called.split(/\s+/).some((word) => word.startsWith(part))))
    return 3;
  return body_text.toLocaleLowerCase().includes(wanted) ? 4 : nothing;
}
