// Starts a job over the chosen tickets, and asks first where it would hurt.
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type BulkAction, startBulk, type Which } from "@/api/bulk";
import { type View, viewCountsQuery } from "@/api/views";
import { randomKey } from "@/kit/randomKey";
import { toastError } from "@/kit/toast";
import { watchJob } from "./jobs";
import { type Chosen, type Selection, sizeOf } from "./selection";
import { useSelecting } from "./useSelection";

const AskFirst = lazy(() => import("./AskFirst").then((module) => ({ default: module.AskFirst })));

export interface Bulk {
  /** On those that are chosen where none are given. */
  start: (action: BulkAction, which?: readonly Chosen[]) => void;
  starting: boolean;
  question: ReactNode;
}

interface Asked {
  action: BulkAction;
  which: Which;
  /** null: not known. */
  count: number | null;
}

/** Of all in a view one may be wrong by thousands. */
const manyInView = 100;

export function useBulk(view: View, pipeline: string | undefined): Bulk {
  const { selection, clear } = useSelecting();
  const [asked, setAsked] = useState<Asked | null>(null);
  const counted = useQuery(viewCountsQuery()).data?.[view.key];
  const total = counted && !counted.unknown && !counted.capped && !pipeline ? counted.n : null;
  const { mutate, isPending } = useMutation({
    mutationFn: ({ action, which }: Asked) => startBulk(which, action, randomKey()),
    onSuccess: (job, { action }) => {
      watchJob(job);
      if (leaves(action)) clear();
    },
    onError: toastError,
  });
  const start = (action: BulkAction, given?: readonly Chosen[]) => {
    const which = given ? named(given) : whichOf(selection, view.key, pipeline);
    const count = given
      ? given.length
      : selection.all && total === null
        ? null
        : sizeOf(selection, total ?? 0);
    const hurts = "delete" in action || (!given && selection.all && (count === null || count > manyInView));
    if (hurts) setAsked({ action, which, count });
    else mutate({ action, which, count });
  };
  return {
    start,
    starting: isPending,
    question: asked && (
      <Suspense>
        <AskFirst
          action={asked.action}
          count={asked.count}
          onNo={() => setAsked(null)}
          onYes={() => {
            setAsked(null);
            mutate(asked);
          }}
        />
      </Suspense>
    ),
  };
}

export function whichOf(selection: Selection, view: string, pipeline: string | undefined): Which {
  if (!selection.all) return named([...selection.chosen.values()]);
  return { view, ...(pipeline && { pipeline }), except: [...selection.except] };
}

const named = (tickets: readonly Chosen[]): Which => ({
  tickets: tickets.map(({ id }) => id),
  versions: Object.fromEntries(tickets.map(({ id, version }) => [id, version])),
});

/** After these the tickets stand elsewhere, and are chosen no longer. */
const leaves = (action: BulkAction) =>
  ["status", "snooze", "wake", "spam", "delete", "restore", "merge"].some((name) => name in action);
