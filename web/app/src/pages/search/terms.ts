// A query as it is typed, in parts: which are filters, and what it is without one of them.

export const operators = [
  "from",
  "to",
  "is",
  "status",
  "assignee",
  "team",
  "tag",
  "priority",
  "channel",
  "has",
  "before",
  "after",
] as const;
export type Operator = (typeof operators)[number];

export interface Filter {
  text: string;
  start: number;
  end: number;
}

const part = /(-?)(?:([a-zA-Z]+):(?=\S))?(?:"([^"]*)"?|[^\s"]+)/g;

/** The finished operator:value parts of a query. */
export function filtersOf(q: string): Filter[] {
  return [...q.matchAll(part)]
    .filter((match) => operators.includes(match[2]?.toLowerCase() as Operator))
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .filter(({ end }) => end < q.length);
}

export const without = (q: string, { start, end }: Filter) =>
  `${q.slice(0, start)}${q.slice(end)}`.replace(/ {2,}/g, " ").trimStart();

/** With the last word replaced by its completion; a value ends the word, an operator waits for one. */
export function completed(q: string, completion: string): string {
  const last = [...q.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].at(-1);
  const before = last && last.index + last[0].length === q.length ? q.slice(0, last.index) : q;
  return before + completion + (completion.endsWith(":") ? "" : " ");
}

export const withOperator = (q: string, operator: Operator) =>
  `${q.trimEnd()}${q.trim() ? " " : ""}${operator}:`;
