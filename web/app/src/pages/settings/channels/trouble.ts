// What is wrong with a channel, as the server says it.
import type { Channel } from "@/api/types";

/** Nothing is wrong, and it is told by `proof` already. */
const atRest = /^waiting for the verification mail\.?$/i;

export function troubleOf({ active, health }: Channel): string | null {
  const told = health.state === "attention" || health.state === "waiting";
  return active && told && health.reason && !atRest.test(health.reason) ? health.reason : null;
}
