// Sentences of the server about macros and bulk jobs in the reader's language; an unknown one is shown as it came.
import type { TFunction } from "i18next";
import { faultWords } from "@/kit/faultWords";

const sentences = [
  [/^there is no such status any more/, "statusGone"],
  [/^the ticket's pipeline has no such status; it has (?<names>.*)$/, "otherPipeline"],
  [/^tickets of this pipeline skip no status; after (?<was>.*) comes (?<next>.*)$/, "noSkipping"],
  [/^tickets of this pipeline do not go back; after (?<was>.*) come (?<next>.*)$/, "noBackwards"],
  [/^tickets of this pipeline do not go back, and (?<was>.*) is the last status$/, "lastStatus"],
  [/^there is no such member/, "memberGone"],
  [/^(?<name>.*) is deactivated; choose another one$/, "deactivated"],
  [/^(?<name>.*) may not answer tickets/, "mayNotAnswer"],
  [/^there is no such active member/, "memberGone"],
  [/^there is no such team/, "teamGone"],
  [/^name tags to add or to remove$/, "noTags"],
  [/^choose a member or a team$/, "nobodyChosen"],
  [/^write from one minute to a year$/, "badTime"],
  [/^only what is open can be snoozed$/, "notOpen"],
  [/^a ticket has at most (?<most>\d+) tags; take one off first$/, "tooManyTags"],
  [/^\{\{(?<token>.*)\}\} is not known; choose another token or take it out$/, "unknownToken"],
  [/^write a text, or add what it does$/, "nothing"],
  [/^choose at least one team$/, "noTeam"],
  [/^one of the teams is no longer there/, "teamGone"],
  [/^you may share with your own teams only$/, "ownTeamsOnly"],
  [/^sharing needs the permission/, "mayNotShare"],
  [/^write at most (?<most>\d+) letters, digits, - and _, without spaces$/, "badShortcut"],
  [/^write one line of at most (?<most>\d+) characters$/, "badName"],
  [/^write at most (?<most>[\d,]+) characters$/, "tooLong"],
  [/^a macro may do (?<most>\d+) things$/, "tooMany"],
] as const satisfies [RegExp, string][];

export function whyWords(said: string, t: TFunction<"macros">): string {
  for (const [pattern, key] of sentences) {
    const match = pattern.exec(said);
    if (match) return t(`said.${key}`, { ...match.groups });
  }
  return faultWords(said, t as TFunction);
}
