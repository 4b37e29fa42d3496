// What the address of the dashboard says: which submissions are shown, which one is open, and the days of the figures.
// Every page has this, for the router; what is made of it stands elsewhere.
import type { SubmissionSource, SubmissionState } from "@/api/submissions";
import { isId } from "@/pages/tickets/views";
import { isDay, isStretch, type Stretch } from "./days";

export const sources: SubmissionSource[] = ["hosted", "embed", "plain", "api"];
export const isSource = (value: unknown): value is SubmissionSource =>
  sources.includes(value as SubmissionSource);

export interface SubmissionsSearch {
  state?: Extract<SubmissionState, "caught">;
  q?: string;
  from?: string;
  until?: string;
  source?: SubmissionSource;
  contact?: string;
  /** The submission that is open. */
  open?: string;
  days?: Stretch;
  /** The figures' own days, instead of a stretch up to today. */
  since?: string;
  to?: string;
}

/** A number in the address is read as one. */
const isText = (value: unknown) => (typeof value === "string" && value !== "") || typeof value === "number";

/** Anything else in the address is left out. */
export function submissionsSearch(search: Record<string, unknown>): SubmissionsSearch {
  const own = isDay(search.since) && isDay(search.to) && search.since <= search.to;
  return {
    ...(search.state === "caught" && { state: search.state }),
    ...(isText(search.q) && { q: String(search.q) }),
    ...(isDay(search.from) && { from: search.from }),
    ...(isDay(search.until) && { until: search.until }),
    ...(isSource(search.source) && { source: search.source }),
    ...(isId(search.contact) && { contact: search.contact }),
    ...(isId(search.open) && { open: search.open }),
    ...(own
      ? { since: search.since as string, to: search.to as string }
      : isStretch(search.days) && { days: search.days }),
  };
}
