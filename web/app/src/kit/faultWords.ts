// What the server says is wrong with a value, a property or a pipeline, as a sentence in the reader's language. One that
// is not known here is shown as it came.
import type { TFunction } from "i18next";
import { peopleFaults } from "./peopleFaults";

const faults: [RegExp, string][] = [
  [/^this has to be filled in$/, "required"],
  [/^write a number$/, "number"],
  [/^write a whole number$/, "wholeNumber"],
  [/^write at most (?<n>\d+) decimals$/, "decimals"],
  [/^write at most (?<n>\d+) characters$/, "tooLong"],
  [/^write at least (?<n>\d+) characters$/, "tooShort"],
  [/^write one line of at most (?<n>\d+) characters$/, "lineOf"],
  [/^write one line$/, "line"],
  [/^write a date, such as/, "date"],
  [/^write date, time and zone/, "moment"],
  [/^write a web address/, "url"],
  [/^write an email address/, "email"],
  [/^write a phone number with its country/, "phoneCountry"],
  [/^write a phone number$/, "phone"],
  [/^write the country's two letters/, "region"],
  [/^write a number from (?<from>\d+) to (?<to>\d+)$/, "range"],
  [/^write a number of days from (?<from>\d+) to (?<to>\d+)$/, "range"],
  [/^there is no such active member$/, "member"],
  [/^choose one of (?<names>.+)$/, "oneOf"],
  [/^the lowest is (?<limit>.+)$/, "lowest"],
  [/^the highest is lower than the lowest$/, "upsideDown"],
  [/^the highest is (?<limit>.+)$/, "highest"],
  [/^the longest is shorter than the shortest$/, "upsideDown"],
  [/^the property is archived; restore it first$/, "archived"],
  [/^add an option to choose$/, "noOption"],
  [/^another option is called the same$/, "sameOption"],
  [/^another (?:property|pipeline) is called the same$/, "sameName"],
  [/^there may be (?<n>\d+) /, "tooMany"],
  [/^a pipeline may have (?<n>\d+) statuses$/, "tooMany"],
  [/^another status is called the same$/, "sameStatus"],
  [/^a customer's message cannot close a ticket/, "customerCloses"],
  [/^let tickets begin in at least one open status$/, "nowhereToBegin"],
  [/^at least one status has to close tickets$/, "nothingCloses"],
  [/^say which status the tickets in (?<name>.+) go to$/, "whereTo"],
  [/^this is the default pipeline/, "defaultPipeline"],
  [/^tickets of this pipeline do not go back; after (?<name>.+) come (?<names>.+)$/, "notBack"],
  [/^tickets of this pipeline do not go back, and (?<name>.+) is the last status$/, "notBackFromLast"],
  [/^tickets of this pipeline skip no status; after (?<name>.+) comes (?<next>.+)$/, "noSkipping"],
  [/^tickets of this pipeline begin in (?<names>.+)$/, "beginIn"],
];

export function faultWords(said: string, t: TFunction): string {
  for (const [pattern, key] of [...faults, ...peopleFaults]) {
    const match = pattern.exec(said);
    if (match) return t(`common:fault.${key}`, { ...match.groups });
  }
  return said;
}
