// What the server says of a routing, in the reader's language; a sentence that is not known here is shown as it came.
import type { TFunction } from "i18next";
import { inWords } from "../../ui/serverWords";

const sentences: [RegExp, string][] = [
  [/^there is no such member; take them out$/, "member"],
  [/^there is no such team any more; take it out$/, "team"],
  [/^there is no such skill any more; take it out$/, "skill"],
  [/^(?<name>.+) is deactivated; take them out$/, "deactivated"],
  [/^(?<name>.+) has no seat; give them one, or take them out$/, "noSeat"],
  [/^(?<name>.+) may not answer tickets; change their role, or take them out$/, "mayNotAnswer"],
  [/^(?<name>.+) has not joined yet and is skipped until then$/, "notJoined"],
  [/^(?<name>.+) does not see the channel and is skipped; open it to one of their teams$/, "doesNotSee"],
  [/^(?<name>.+) has no main members, and only these are given tickets$/, "noMain"],
  [/^nobody with a seat has (?<skills>.+); give somebody the skill, or ask for less$/, "skillsNobodyHas"],
  [/^none of those who are asked has (?<skills>.+)$/, "skillsNoTarget"],
  [/^nobody with (?<skills>.+) is at work today$/, "skillsNotToday"],
  [/^names nobody, so what it holds for stays unassigned$/, "namesNobody"],
  [/^has no effect: nobody is asked, neither by it nor by the channel$/, "noEffect"],
  [/^choose users or teams; until then what no rule gives to somebody stays unassigned$/, "chooseTargets"],
  [/^this would lead back to the contact's owner; name users and teams instead$/, "circular"],
  [/^write one line of at most (?<n>\d+) characters$/, "name"],
  [/^write a number from (?<from>\S+) to (?<to>\S+)$/, "number"],
  [/^it cannot be read and is passed over; set it again$/, "unreadable"],
];

export function problemWords(said: string, t: TFunction): string {
  for (const [pattern, key] of sentences) {
    const match = pattern.exec(said);
    if (match) return t(`routing:problem.${key}`, { ...match.groups });
  }
  const words = inWords(said, t);
  return words === said ? sentence(said) : words;
}

const sentence = (said: string) =>
  `${said.charAt(0).toLocaleUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? "" : "."}`;
