// A pipeline while it is being changed: statuses know each other by ids, also those that are new.
import type { PipelineChange, StatusBody } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { randomKey } from "@/kit/randomKey";

export interface DraftStatus {
  id: string;
  fresh: boolean;
  name: string;
  is_closed: boolean;
  may_start: boolean;
  counts: boolean;
  on_customer_message: string | null;
  on_agent_reply: string | null;
  tickets: number;
}
/** A status that goes when the pipeline is saved, and where its tickets go. */
export interface Leaving {
  status: DraftStatus;
  to: string | null;
}
export interface Draft {
  name: string;
  no_skipping: boolean;
  no_backwards: boolean;
  grace_days: number;
  statuses: DraftStatus[];
  leaving: Leaving[];
}

export function draftOf(pipeline: Pipeline): Draft {
  const { name, no_skipping, no_backwards, grace_days } = pipeline;
  const statuses = pipeline.statuses.map((status) => ({
    ...status,
    tickets: status.tickets ?? 0,
    fresh: false,
  }));
  return { name, no_skipping, no_backwards, grace_days, statuses, leaving: [] };
}

export function withStatus(draft: Draft): Draft {
  const fresh: DraftStatus = {
    id: randomKey(),
    fresh: true,
    name: "",
    is_closed: false,
    may_start: true,
    counts: true,
    on_customer_message: null,
    on_agent_reply: null,
    tickets: 0,
  };
  // Before the ones that close, where an open status belongs.
  const at = draft.statuses.findIndex((status) => status.is_closed);
  const place = at < 0 ? draft.statuses.length : at;
  return { ...draft, statuses: draft.statuses.toSpliced(place, 0, fresh) };
}

export function changed(draft: Draft, id: string, change: Partial<DraftStatus>): Draft {
  const statuses = draft.statuses.map((status) => (status.id === id ? { ...status, ...change } : status));
  // What closes is nothing that a customer's message may turn to.
  return {
    ...draft,
    statuses: change.is_closed ? statuses.map((each) => forget(each, id, "customer")) : statuses,
  };
}

/** Takes a status out; whatever named it names it no more, and tickets that would have gone to it follow it. */
export function without(draft: Draft, id: string, to: string | null): Draft {
  const status = draft.statuses.find((one) => one.id === id);
  if (!status) return draft;
  const leaving = draft.leaving.map((each) => (each.to === id ? { ...each, to } : each));
  return {
    ...draft,
    statuses: draft.statuses.filter((one) => one.id !== id).map((one) => forget(one, id)),
    leaving: status.fresh ? leaving : [...leaving, { status, to }],
  };
}

export function kept(draft: Draft, id: string): Draft {
  const back = draft.leaving.find((each) => each.status.id === id);
  if (!back) return draft;
  const alone = { ...back.status, on_customer_message: null, on_agent_reply: null };
  return {
    ...draft,
    statuses: [...draft.statuses, alone],
    leaving: draft.leaving.filter((each) => each !== back),
  };
}

function forget(status: DraftStatus, id: string, which: "customer" | "both" = "both"): DraftStatus {
  const lose = (to: string | null) => (to === id ? null : to);
  return {
    ...status,
    on_customer_message: lose(status.on_customer_message),
    on_agent_reply: which === "both" ? lose(status.on_agent_reply) : status.on_agent_reply,
  };
}

/** What the server takes. */
export function bodyOf(draft: Draft, was: Pipeline): PipelineChange {
  const keys = keysOf(draft.statuses, was);
  const named = (id: string | null) => id && (keys.get(id) ?? id);
  const statuses: StatusBody[] = draft.statuses.map((status) => ({
    ...(status.fresh ? { key: keys.get(status.id) } : { id: status.id }),
    name: status.name,
    is_closed: status.is_closed,
    may_start: status.may_start,
    counts: status.counts,
    on_customer_message: named(status.on_customer_message),
    on_agent_reply: named(status.on_agent_reply),
  }));
  const moving = draft.leaving.filter((each) => each.to !== null);
  const { name, no_skipping, no_backwards, grace_days } = draft;
  return {
    name,
    no_skipping,
    no_backwards,
    grace_days,
    statuses,
    move_to: Object.fromEntries(moving.map((each) => [each.status.id, named(each.to) ?? ""])),
  };
}

/** Keys for the new ones, which the others can name them by before they have an id. */
function keysOf(statuses: DraftStatus[], was: Pipeline): Map<string, string> {
  const taken = new Set(["open", ...was.statuses.map((status) => status.key)]);
  const keys = new Map<string, string>();
  for (const status of statuses.filter((one) => one.fresh)) {
    const wanted = slug(status.name) || "status";
    let key = wanted;
    for (let number = 2; taken.has(key); number++) key = `${wanted}_${number}`;
    taken.add(key);
    keys.set(status.id, key);
  }
  return keys;
}

export function slug(text: string): string {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const words = plain.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return words.replace(/^[\d_]+|_+$/g, "").slice(0, 50);
}
