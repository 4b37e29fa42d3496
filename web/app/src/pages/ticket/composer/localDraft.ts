// What is being written, kept in the browser with every change until the server has it: a reload, a crash or a line that
// is away lose nothing. Of two versions the one that was written last is opened, and the other one is offered.
import { currentAccount } from "@/api/http";
import type { DraftBody } from "@/api/timeline";
import type { Attachment, Draft } from "@/api/types";
import { randomKey } from "@/kit/randomKey";

export interface Kept {
  draft: Draft;
  /** When the server's copy, which this one goes on from, was written; null: it had none. */
  base: string | null;
  /** Which window wrote it. */
  window: string;
}

export const thisWindow = randomKey();

const beginning = "kanal.draft.";
export const placeOf = (member: string, ticketId: string) =>
  `${beginning}${currentAccount()}.${member}.${ticketId}`;

export function keep(place: string, kept: Kept): void {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // No room, or not allowed: the server's copy is all there is.
  }
}

export function recall(place: string): Kept | null {
  return readKept(localStorage.getItem(place));
}

export function readKept(text: string | null): Kept | null {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const forget = (place: string) => localStorage.removeItem(place);

export function asDraft(body: DraftBody, attachments: Attachment[], now = new Date()): Draft {
  return { ...body, attachments, updated_at: now.toISOString() };
}

export interface Opened {
  draft: Draft | null;
  /** Written elsewhere, and not what is opened. */
  other: Draft | null;
}

/** `server`: its copy; undefined while it cannot be read. */
export function opened(server: Draft | null | undefined, kept: Kept | null): Opened {
  if (!kept) return { draft: server ?? null, other: null };
  const goesOn = !server || server.updated_at === kept.base;
  if (goesOn || server.html === kept.draft.html) return { draft: kept.draft, other: null };
  return server.updated_at > kept.draft.updated_at
    ? { draft: server, other: kept.draft }
    : { draft: kept.draft, other: server };
}
