// What is wrong with a view, in the reader's language; a sentence that is not known here is shown as it came.
import type { TFunction } from "i18next";
import type { FieldError } from "@/api/http";
import type { Said } from "@/kit/condition/asked";
import { faultWords } from "@/kit/faultWords";

const sentences: [RegExp, string][] = [
  [/^there is no (?:field|property) .+ any more/, "fieldGone"],
  [/^there is no field (?<field>.+); choose another one$/, "fieldGone"],
  [/^(?:the property )?(?<field>.+) (?:is|was) (?:archived|deleted)/, "fieldArchived"],
  [/^(?<value>.+) is not one of the choices$/, "optionGone"],
  [/^write what to compare with$/, "valueMissing"],
  [/^choose between one and (?<n>\d+) values$/, "valueMissing"],
  [/^write the lowest and the highest$/, "valueMissing"],
  [/^write a (?:date|number of)/, "dateMissing"],
  [/^groups may stand (?<n>\d+) deep/, "tooDeep"],
  [/^a condition may ask (?<n>\d+) questions/, "tooMany"],
  [/^sharing with everyone needs the permission/, "mayNotShare"],
  [/^choose the teams$/, "chooseTeams"],
  [/^there is no such team of yours/, "teamGone"],
  [/^one can have (?<n>\d+) views/, "tooManyViews"],
  [/^(?:write|give it) (?:a|one) (?:line|name)/, "nameMissing"],
];

export function viewFault(said: string, t: TFunction): string {
  for (const [pattern, key] of sentences) {
    const match = pattern.exec(said);
    if (match) return t(`views:fault.${key}`, { ...match.groups });
  }
  return faultWords(said, t);
}

export function saidOf(found: readonly FieldError[], t: TFunction): Said {
  return {
    at: (path) => {
      const one = found.find(({ field }) => field === path);
      return one && viewFault(one.message, t);
    },
    under: (path) =>
      found
        .filter(({ field }) => field === path || field.startsWith(`${path}.`))
        .map(({ message }) => viewFault(message, t)),
  };
}
