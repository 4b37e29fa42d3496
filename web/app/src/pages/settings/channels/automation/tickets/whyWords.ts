// Why a rule did nothing, or what is wrong with it, in the reader's language; a sentence that is not known here is shown
// as it came.
import type { TFunction } from "i18next";
import { problemWords } from "../problemWords";

const sentences: [RegExp, string][] = [
  [/^it would set itself off again$/, "itself"],
  [/^more than (?<n>\d+) rules set each other off$/, "tooDeep"],
  [/^rules acted (?<n>\d+) times on this ticket within a minute$/, "tooOften"],
  [/^it broke: (?<what>.+)$/, "broke"],
  [/^there is no such member; choose another one$/, "memberGone"],
  [/^(?<name>.+) is deactivated; choose another one$/, "memberOff"],
  [/^(?<name>.+) has no seat; give them one, or choose another one$/, "memberNoSeat"],
  [/^(?<name>.+) may not answer tickets; change their role, or choose another one$/, "memberMayNot"],
  [/^there is no such team any more; choose another one$/, "teamGone"],
  [/^there is no such status any more; choose another one$/, "statusGone"],
  [/^the ticket's pipeline has no such status; it has (?<keys>.+)$/, "statusElsewhere"],
  [/^there is no such pipeline any more; choose another one$/, "pipelineGone"],
  [/^there is no property with this key$/, "propertyGone"],
  [/^there is no field (?<field>.+); choose another one$/, "fieldGone"],
  [/^(?<value>.+) is not one of the choices$/, "optionGone"],
  [/^nothing can be sent to them by this channel$/, "noWayOut"],
  [/^they got several automatic messages within the hour$/, "tooMany"],
  [/^the address is one of ours$/, "ours"],
  [/^nobody has the ticket$/, "nobodyHasIt"],
  [/^there is no conversation to say it in$/, "noConversation"],
  [/^the conversation has no contact who can be written to$/, "noContact"],
  [/^what came last was written by no person$/, "noPerson"],
  [/^add what the rule does$/, "nothingToDo"],
  [/^write what the mail says$/, "writeText"],
  [/^(?<token>\{\{.*\}\}) is not known; there are /, "token"],
  [/^leave out the comma/, "tagComma"],
  [/^write contact, assignee, a member's id or an email address$/, "to"],
  [/^choose a member or a team$/, "chooseWho"],
];
const condition = "its condition cannot be asked: ";

export function whyWords(said: string, t: TFunction): string {
  if (said.startsWith(condition))
    return t("automation:why.condition", { said: whyWords(said.slice(condition.length), t) });
  for (const [pattern, key] of sentences) {
    const match = pattern.exec(said);
    if (match) return t(`automation:why.${key}`, { ...match.groups });
  }
  return problemWords(said, t);
}
