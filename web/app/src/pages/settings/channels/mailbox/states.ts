// What can have become of a message on the server, in the order in which people ask for it.

export const filters = [
  "all",
  "unexplained",
  "ticket",
  "reply",
  "outgoing",
  "duplicate",
  "spam",
  "quarantined",
  "skipped",
  "failed",
] as const;

const tones: Record<string, string> = {
  wanted: "warn",
  waiting: "warn",
  failed: "bad",
  quarantined: "warn",
  held: "warn",
  ticket: "good",
  reply: "good",
  outgoing: "good",
};

export const toneOf = (state: string) => tones[state] ?? "plain";
