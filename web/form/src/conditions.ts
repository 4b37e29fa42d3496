/** Conditions as trees, asked of what stands in a form. Says the same as src/kanal/kit/conditions.py; both are held
 * against conditions.cases.json. */
import type { Fact, Tree } from "./model";

export function holds(tree: Tree, facts: Record<string, Fact>): boolean {
  if ("field" in tree) return questionHolds(tree, facts);
  if ("not" in tree) return !holds(tree.not as Tree, facts);
  if ("any" in tree) return (tree.any as Tree[]).some((each) => holds(each, facts));
  return ((tree.all as Tree[] | undefined) ?? []).every((each) => holds(each, facts));
}

/** What two texts that look the same have in common: width, case and spaces do not count. */
export function normalised(text: string): string {
  const once = folded(text.normalize("NFKC"));
  const twice = folded(once.normalize("NFKC")).normalize("NFKC");
  return twice.split(SPACES).filter(Boolean).join(" ");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes these for spaces too.
const SPACES = /[\s\u001c-\u001f\u0085]+/;

/** Case folding, which JavaScript lacks: upper case first makes ß into ss; ı and ς are the exceptions. */
function folded(text: string): string {
  return [...text]
    .map((c) => (c === "ı" ? c : c.toUpperCase().toLowerCase()))
    .join("")
    .replaceAll("ς", "σ");
}

function questionHolds(question: Tree, facts: Record<string, Fact>): boolean {
  const ask = ASK[question.operator as string];
  const field = question.field as string;
  if (!ask || !Object.hasOwn(facts, field)) return false;
  return ask(comparable(facts[field]), comparable(question.value));
}

function comparable(value: unknown): unknown {
  if (typeof value === "string") return normalised(value);
  return Array.isArray(value) ? value.map(comparable) : (value ?? null);
}

type Ask = (fact: unknown, value: unknown) => boolean;

const isEmpty: Ask = (fact) => fact === null || fact === "" || (Array.isArray(fact) && fact.length === 0);

const isSame: Ask = (fact, value) => {
  if (typeof value === "boolean") return (fact ?? false) === value;
  return JSON.stringify(fact) === JSON.stringify(value);
};

const isLess: Ask = (fact, value) => (order(fact, value) ?? 0) < 0;

const isWithin: Ask = (fact, value) => {
  const [low, high] = (value as unknown[]).map((bound) => order(fact, bound));
  return low !== null && high !== null && low >= 0 && high <= 0;
};

const isShared: Ask = (fact, value) =>
  Array.isArray(fact) && (value as unknown[]).some((each) => fact.includes(each));

const inText =
  (find: (text: string, value: string) => boolean): Ask =>
  (fact, value) =>
    typeof fact === "string" && find(fact, value as string);

const ASK: Record<string, Ask> = {
  is: isSame,
  is_not: (fact, value) => !isSame(fact, value),
  contains: inText((text, value) => text.includes(value)),
  contains_not: (fact, value) => !(typeof fact === "string" && fact.includes(value as string)),
  starts_with: inText((text, value) => text.startsWith(value)),
  ends_with: inText((text, value) => text.endsWith(value)),
  less: isLess,
  more: (fact, value) => isLess(value, fact),
  between: isWithin,
  is_any_of: (fact, value) => (value as unknown[]).includes(fact),
  is_none_of: (fact, value) => !(value as unknown[]).includes(fact),
  has_any_of: isShared,
  has_all_of: (fact, value) =>
    Array.isArray(fact) && (value as unknown[]).every((each) => fact.includes(each)),
  has_none_of: (fact, value) => !isShared(fact, value),
  is_empty: isEmpty,
  is_filled: (fact, value) => !isEmpty(fact, value),
};

/** Negative, zero or positive among numbers and among moments; nothing else has an order. */
function order(fact: unknown, value: unknown): number | null {
  if (typeof fact === "number" && typeof value === "number") return fact - value;
  const [one, other] = [moment(fact), moment(value)];
  return one === null || other === null ? null : one - other;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds; a date is its midnight, and without a zone it is UTC. */
function moment(value: unknown): number | null {
  const parts = typeof value === "string" ? MOMENT.exec(value) : null;
  if (!parts) return null;
  const [, day, time = "00:00", zone = "z"] = parts;
  const midnight = new Date(`${day}T00:00Z`);
  if (Number.isNaN(midnight.valueOf()) || midnight.toISOString().slice(0, 10) !== day) return null;
  const found = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(found) ? null : found;
}
