// The three ways to limit what somebody is given.
import { type Capacity, works } from "@/api/people";

export type CapacityHow = "none" | "total" | "works";

export function capacityHow(capacity: Capacity): CapacityHow {
  if (capacity.total !== undefined) return "total";
  return works.some((work) => capacity[work] !== undefined) ? "works" : "none";
}

/** A limit that was chosen has a number; 0 means that nothing is given by itself. */
export const capacitySound = (capacity: Capacity) =>
  Object.values(capacity).every((limit) => Number.isInteger(limit) && limit >= 0);
