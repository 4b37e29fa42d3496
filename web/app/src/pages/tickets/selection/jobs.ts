// The bulk jobs that this person started and has not put away, wherever in the app they are.
import { useSyncExternalStore } from "react";
import type { BulkJob } from "@/api/bulk";

let watched: readonly BulkJob[] = [];
const watchers = new Set<() => void>();

function set(jobs: readonly BulkJob[]): void {
  watched = jobs;
  for (const watcher of watchers) watcher();
}

/** As the job was when it was started; the newest first. */
export const watchJob = (job: BulkJob) =>
  set([job, ...watched.filter(({ id }) => id !== job.id)].slice(0, 4));
export const putAway = (id: string) => set(watched.filter((job) => job.id !== id));

export function useWatchedJobs(): readonly BulkJob[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => watched,
  );
}
