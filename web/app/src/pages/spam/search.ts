// What the address of the spam list says: what it is narrowed to, and the conversation that is read.
export interface SpamSearch {
  q?: string;
  channel?: string;
  open?: string;
}

export function spamSearch({ q, channel, open }: Record<string, unknown>): SpamSearch {
  return {
    ...(typeof q === "string" && q && { q }),
    ...(typeof channel === "string" && { channel }),
    ...(typeof open === "string" && { open }),
  };
}
