// Which submissions the address asks for.
import type { SubmissionFilter } from "@/api/submissions";
import type { SubmissionsSearch } from "./search";

/** Days begin and end where the reader is, as the times in the list are told. */
export function filterOf({ state, q, from, until, source, contact }: SubmissionsSearch): SubmissionFilter {
  return {
    state: state ?? "accepted",
    q,
    from: from && beginning(from, 0),
    until: until && beginning(until, 1),
    source,
    contact,
  };
}

function beginning(day: string, daysLater: number): string {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}

/** The open submission and the figures' days narrow nothing. */
export const isNarrowed = ({ q, from, until, source, contact }: SubmissionsSearch) =>
  !!(q || from || until || source || contact);
