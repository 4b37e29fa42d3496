// What became of a submission, and how loudly that is said.
import type { TFunction } from "i18next";
import type { Submission } from "@/api/submissions";
import { reasonKey } from "@/kit/reason";
import { inWords } from "@/pages/settings/ui/serverWords";

export type Tone = "good" | "quiet" | "warn" | "bad" | "busy";

export interface Fate {
  name:
    | "ticket"
    | "otherTicket"
    | "caught"
    | "collected"
    | "waiting"
    | "held"
    | "quarantined"
    | "failed"
    | "duplicate";
  tone: Tone;
  /** As the server says it; "" where there is nothing to add. */
  reason: string;
}

const tones: Record<Fate["name"], Tone> = {
  ticket: "good",
  otherTicket: "good",
  caught: "warn",
  collected: "quiet",
  waiting: "busy",
  held: "warn",
  quarantined: "warn",
  failed: "bad",
  duplicate: "quiet",
};

/** "held: channel is off" → held, because the channel is off; "" → collected, since no channel carried the form. */
export function fateOf({ caught, ticket, fate }: Pick<Submission, "caught" | "ticket" | "fate">): Fate {
  if (caught) return named("caught", caught);
  if (ticket) return named("ticket");
  const [, state = "", reason = ""] = /^(\w*)(?:: (.*))?$/s.exec(fate) ?? [];
  if (state === "ticket" || state === "reply") return named("otherTicket");
  return state in tones ? named(state as Fate["name"], reason) : named("collected");
}

const named = (name: Fate["name"], reason = ""): Fate => ({ name, tone: tones[name], reason });

/** Why something was caught, held or failed, in the reader's language where the sentence is known. */
export function reasonInWords(reason: string, t: TFunction): string {
  return t(`submissions:caughtBecause.${reasonKey(reason)}`, { defaultValue: "" }) || inWords(reason, t);
}
