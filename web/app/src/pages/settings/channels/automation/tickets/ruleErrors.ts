// What the server refused about a rule or an acknowledgement, by the path of each field.
import type { TFunction } from "i18next";
import { Problem } from "@/api/http";
import type { Said } from "@/kit/condition/asked";
import { explain } from "@/kit/explain";
import { whyWords } from "./whyWords";

export interface RuleErrors extends Said {
  /** What belongs to no field. */
  above: string | null;
  count: number;
}

export function ruleErrors(error: unknown, t: TFunction): RuleErrors {
  const found = error instanceof Problem ? error.errors : [];
  return {
    ...saidOf(found, t),
    above: error && found.length === 0 ? explain(error, t) : null,
    count: found.length,
  };
}

export function saidOf(found: readonly { field: string; message: string }[], t: TFunction): Said {
  return {
    at: (path) => {
      const one = found.find(({ field }) => field === path);
      return one && whyWords(one.message, t);
    },
    under: (path) =>
      found
        .filter(({ field }) => field === path || field.startsWith(`${path}.`))
        .map(({ message }) => whyWords(message, t)),
  };
}
