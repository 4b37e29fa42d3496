// What can become of a delivery, and how loudly each is said.
import type { RawEvent } from "@/api/types";

export const fates = [
  "waiting",
  "ticket",
  "conversation",
  "reply",
  "comment",
  "receipt",
  "duplicate",
  "quarantined",
  "held",
  "failed",
  "spam",
  "outgoing",
] as const;
export type FateState = (typeof fates)[number];

export const isFate = (value: unknown): value is FateState => fates.includes(value as FateState);

export type Tone = "good" | "quiet" | "warn" | "bad" | "busy";

const tones: Record<FateState, Tone> = {
  waiting: "busy",
  ticket: "good",
  conversation: "good",
  reply: "good",
  comment: "good",
  receipt: "quiet",
  duplicate: "quiet",
  quarantined: "warn",
  held: "warn",
  failed: "bad",
  spam: "warn",
  outgoing: "quiet",
};

export const toneOf = (state: string): Tone => (isFate(state) ? tones[state] : "quiet");

const replayable: readonly string[] = ["failed", "quarantined", "held", "duplicate"];
export const mayReplay = (event: RawEvent) => replayable.includes(event.fate.state);

/** What came by another door has no sender, recipient or connection to speak of. */
export const isMail = ({ envelope }: RawEvent) =>
  Boolean(envelope.helo || envelope.mail_from || envelope.rcpt_to.length);

/** Where the mail was addressed to, as a list, however it came. */
export const recipients = (event: RawEvent): string[] =>
  Array.isArray(event.envelope.rcpt_to) ? event.envelope.rcpt_to : [event.envelope.rcpt_to].filter(Boolean);
