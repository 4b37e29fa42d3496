// How the server answers: well, slowly, or not as it should. Told by every call, read by whoever says it on the screen.

export type Health = "well" | "slow" | "failing";

/** Longer than any ordinary read takes, in milliseconds. */
export const slowAfter = 4000;

let slow = 0;
let failing = false;
const listeners = new Set<() => void>();

export const health = {
  read: (): Health => (failing ? "failing" : slow > 0 ? "slow" : "well"),
  watch: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

/** Watches one call; what is returned is told how it ended: its status, or null for none. */
export function watchCall(): (status: number | null) => void {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    change(() => {
      slow += 1;
    });
  }, slowAfter);
  return (status) => {
    clearTimeout(timer);
    change(() => {
      if (late) slow -= 1;
      if (status !== null) failing = status >= 500;
    });
  };
}

function change(how: () => void): void {
  const before = health.read();
  how();
  if (health.read() !== before) for (const listener of listeners) listener();
}
