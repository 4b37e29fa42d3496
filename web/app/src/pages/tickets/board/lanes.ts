// The lanes of the board.
import type { Pipeline } from "@/api/types";

export type Lane = Pipeline["statuses"][number];

/** The next lane in a direction, or the last one there is. */
export function laneBeside(lanes: readonly Lane[], id: string, by: number): Lane | undefined {
  const at = lanes.findIndex((lane) => lane.id === id);
  return lanes[Math.min(lanes.length - 1, Math.max(0, at + by))];
}
