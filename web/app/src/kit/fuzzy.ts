// How well what was typed fits a name: its letters in order, best at the beginnings of words and side by side.

/** Null when it does not fit; more is better. */
export function fitness(typed: string, name: string): number | null {
  const wanted = plain(typed);
  const said = plain(name);
  if (!wanted) return 0;
  const whole = said.indexOf(wanted);
  if (whole >= 0) return 200 - Math.min(whole, 50) + (startsWord(said, whole) ? 100 : 0) - said.length / 100;
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    if (letter === " ") continue;
    const next = nextOf(said, letter, at + 1);
    if (next < 0) return null;
    score += startsWord(said, next) ? 8 : next === at + 1 ? 5 : -1;
    at = next;
  }
  return score > 0 ? score - said.length / 100 : null;
}

/** Rather the beginning of a word than the next place. */
function nextOf(said: string, letter: string, from: number): number {
  const first = said.indexOf(letter, from);
  if (first < 0 || first === from) return first;
  for (let at = first; at >= 0; at = said.indexOf(letter, at + 1)) if (startsWord(said, at)) return at;
  return first;
}

const startsWord = (said: string, at: number) => at === 0 || !/[\p{L}\d]/u.test(said[at - 1] ?? "");

/** Without accents and case: who types "oppna" means "Öppna". */
const plain = (text: string) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").trim();
