// Many tickets changed at once: a job that goes on by itself, can be stopped, and can be undone.
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, post } from "./http";
import type { Page, Priority } from "./types";

export type BulkAction =
  | { assign: { assignee?: string | null; team?: string | null } }
  | { status: { status: string } }
  | { priority: Priority }
  | { tags: { add: string[]; remove: string[] } }
  | { snooze: { until: string } }
  | { wake: Record<string, never> }
  | { spam: Record<string, never> }
  | { delete: Record<string, never> }
  | { restore: Record<string, never> }
  | { merge: { into: string } }
  | { follow: Record<string, never> }
  | { read: Record<string, never> }
  | { macro: { macro: string } };
export type BulkName =
  | "assign"
  | "status"
  | "priority"
  | "tags"
  | "snooze"
  | "wake"
  | "spam"
  | "delete"
  | "restore"
  | "merge"
  | "follow"
  | "read"
  | "macro";

/** Named one by one, with the versions that the person saw, or all of a view. */
export type Which =
  | { tickets: string[]; versions?: Record<string, number> }
  | { view: string; pipeline?: string; except: string[] };

/** A ticket that was left alone, and why. */
export interface Skipped {
  ticket_id: string;
  /** null: there is no such ticket, or not for this member. */
  number: number | null;
  why: "answered" | "gone" | "refused" | "changed" | "nothing_to_mark";
  detail: string;
}

export interface BulkJob {
  id: string;
  state: "waiting" | "running" | "done" | "failed" | "stopped";
  /** Why it failed. */
  reason: string;
  action: Record<string, unknown>;
  /** 0 until it is known which tickets a view has. */
  total: number;
  done: number;
  changed: number;
  skipped: number;
  failed: Skipped[];
  can_undo: boolean;
  /** The job that this one takes back. */
  undoes: string | null;
}

export const startBulk = (which: Which, action: BulkAction, idempotencyKey: string) =>
  post<BulkJob>("/bulk", { which, action }, { idempotencyKey });
export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("bulk", id),
    queryFn: ({ signal }) => get<BulkJob>(`/bulk/${id}`, { signal }),
  });
export const bulkJobsQuery = () =>
  queryOptions({ queryKey: accountKey("bulk"), queryFn: () => get<Page<BulkJob>>("/bulk") });
export const undoBulk = (id: string) => post<BulkJob>(`/bulk/${id}/undo`);
export const stopBulk = (id: string) => post<BulkJob>(`/bulk/${id}/stop`);
