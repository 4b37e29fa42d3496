// What the server says is wrong with an entry of a list, in the reader's language.
import type { TFunction } from "i18next";

const faults: [RegExp, string][] = [
  [/^write an address \(/, "entry"],
  [/^at most (?<n>\d+) characters are possible$/, "note"],
];

export function entryFault(said: string | undefined, t: TFunction): string | undefined {
  for (const [pattern, key] of faults) {
    const match = said && pattern.exec(said);
    if (match) return t(`spam:settings.fault.${key}`, { ...match.groups });
  }
  return said;
}
