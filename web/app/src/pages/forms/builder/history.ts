// Undo and redo over a whole draft; what is typed in one go into one field is one step.
export interface Steps<T> {
  past: T[];
  now: T;
  future: T[];
  /** What was changed last and when, as long as more of it belongs to the same step. */
  open: { what: string; at: number } | null;
}

const pause = 1200;
const most = 200;

export const begin = <T>(now: T): Steps<T> => ({ past: [], now, future: [], open: null });

/** `what` names the thing that is typed into; without it the change is a step of its own. */
export function step<T>(steps: Steps<T>, next: T, what: string | null, at: number): Steps<T> {
  if (next === steps.now) return steps;
  const { open } = steps;
  const goesOn = what !== null && open?.what === what && at - open.at < pause;
  return {
    past: goesOn ? steps.past : [...steps.past, steps.now].slice(-most),
    now: next,
    future: [],
    open: what === null ? null : { what, at },
  };
}

export function undone<T>(steps: Steps<T>): Steps<T> {
  const last = steps.past.at(-1);
  if (last === undefined) return steps;
  return { past: steps.past.slice(0, -1), now: last, future: [steps.now, ...steps.future], open: null };
}

export function redone<T>(steps: Steps<T>): Steps<T> {
  const [next, ...future] = steps.future;
  if (next === undefined) return steps;
  return { past: [...steps.past, steps.now], now: next, future, open: null };
}
