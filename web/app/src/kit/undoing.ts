// What can be taken back just now, the latest last.
const steps: (() => void)[] = [];

/** Until it is forgotten or taken back. Returns what forgets it. */
export function keepUndo(undo: () => void): () => void {
  const step = () => undo();
  steps.push(step);
  return () => {
    const at = steps.indexOf(step);
    if (at >= 0) steps.splice(at, 1);
  };
}

/** Takes back what was done last. */
export const undoLast = () => steps.pop()?.();
