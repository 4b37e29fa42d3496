// One order to the server, under its key. What I said or did myself a moment ago makes my answer not stale.
import { Problem, post } from "@/api/http";
import type { TimelineItem } from "@/api/types";
import type { Order, Outbox } from "./outbox";

export interface Stale {
  version: number;
  newer: TimelineItem[];
}

/** What the server answered; undefined where it carried the order out before and its answer was lost. */
export async function deliver<T>(outbox: Outbox, order: Order, me: string): Promise<T | undefined> {
  try {
    return await sent<T>(order);
  } catch (error) {
    const found = staleReply(error);
    // After an attempt that got lost, what I said meanwhile may be this very answer.
    if (!found || order.unsure || !allOwn(found.newer, me)) throw error;
    const body = { ...order.body, seen_version: found.version };
    outbox.set(order.key, { body });
    return sent<T>({ ...order, body });
  }
}

async function sent<T>({ path, body, key }: Order): Promise<T | undefined> {
  try {
    return await post<T>(path, body, { idempotencyKey: key });
  } catch (error) {
    if (error instanceof Problem && error.kind === "answer-lost") return undefined;
    throw error;
  }
}

export function staleReply(error: unknown): Stale | null {
  if (!(error instanceof Problem) || error.kind !== "stale-reply") return null;
  return { version: Number(error.body.version), newer: (error.body.newer as TimelineItem[]) ?? [] };
}

/** What I said or did myself a moment ago is no news to me. */
export function allOwn(newer: TimelineItem[], me: string): boolean {
  return newer.length > 0 && newer.every((item) => authorOf(item) === me);
}

function authorOf(item: TimelineItem): string | null | undefined {
  if (item.type === "message") return item.from.member_id;
  return item.type === "comment" ? item.author?.member_id : item.actor?.member_id;
}
