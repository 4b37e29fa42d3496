// Why somebody was chosen or not, and why a decision came out as it did, in the reader's language.
import type { TFunction } from "i18next";
import type { Candidate, Decision, Reason } from "@/api/routing";
import { momentText } from "@/kit/standing";

export interface Teller {
  t: TFunction;
  now: Date;
  locale: string;
}

export function reasonWords(reason: Reason, { t, now, locale }: Teller): string {
  const say = (key: string, holes: Record<string, unknown> = {}) => t(`routing:reason.${key}`, holes);
  const moment = (iso: string | null | undefined) => iso && momentText(iso, now, locale);
  const since = moment(reason.since);
  const back = moment(reason.back_at);
  const { open, limit, than, work, team } = reason;
  const skills = reason.skills?.join(", ") ?? "";
  switch (reason.code) {
    case "chosen":
      return open == null ? say("chosen") : say("chosen_open", { count: open });
    case "has_more_open":
      return open == null || than == null ? say("has_more_open_plain") : say("has_more_open", { open, than });
    case "had_one_later":
    case "not_their_turn":
      return since ? say(reason.code, { since }) : say(`${reason.code}_plain`);
    case "away":
      if (since && back) return say("away_since_back", { since, back });
      if (back) return say("away_back", { back });
      return since ? say("away_since", { since }) : say("away");
    case "full":
      if (open == null || limit == null) return say("full");
      return work
        ? say("full_of_work", { open, limit, work: t(`routing:work.${work}`) })
        : say("full_of", { open, limit });
    case "unopened":
      return say("unopened", { count: open ?? 0 });
    case "lacks_skills":
      return say("lacks_skills", { skills });
    case "extra_member":
      return team ? say("extra_member", { team }) : say("extra_member_plain");
    default:
      return t(`routing:reason.${reason.code}`, { defaultValue: reason.text || reason.code });
  }
}

/** "Nobody who could take it was available." */
export function decisionWords(
  decision: Pick<Decision, "why" | "text" | "candidates">,
  names: { who?: string; was?: string },
  t: TFunction,
): string {
  const someone = t("routing:outcome.someone");
  const holes = { who: names.who ?? someone, was: names.was ?? someone };
  const skills = lackedByAll(decision.candidates);
  if (decision.why === "nobody_with_skills" && skills)
    return t("routing:decision.nobody_with_skills_named", { skills });
  return t(`routing:decision.${decision.why}`, { ...holes, defaultValue: decision.text });
}

/** What nobody who was looked at has. */
function lackedByAll(candidates: Candidate[]): string {
  const lacked = candidates
    .flatMap((candidate) => candidate.reasons)
    .filter((reason) => reason.code === "lacks_skills")
    .map((reason) => reason.skills ?? []);
  const [first, ...others] = lacked;
  return (first ?? []).filter((skill) => others.every((each) => each.includes(skill))).join(", ");
}

/** The chosen one first, then those who came closest, then those who are out for good. */
export function byNearness(candidates: Candidate[]): Candidate[] {
  const rank = ({ chosen, reasons }: Candidate) =>
    chosen ? -1 : Math.max(...reasons.map((reason) => distance.indexOf(reason.code)), 0);
  return [...candidates].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

const distance = [
  "owner",
  "had_one_later",
  "not_their_turn",
  "has_more_open",
  "unopened",
  "full",
  "away",
  "lacks_skills",
  "extra_member",
  "does_not_see_channel",
  "may_not_answer",
  "no_seat",
  "not_joined",
  "deactivated",
];
