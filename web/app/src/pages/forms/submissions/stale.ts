// What has to be read again when submissions are gone or let in: lists, figures, the forms' counts, contacts' timelines.
import type { Query } from "@tanstack/react-query";

const reads: unknown[] = ["submissions", "form-figures", "forms", "contact-timeline"];

export const isStaleWithout = ({ queryKey }: Query): boolean =>
  queryKey[0] === "account" && reads.includes(queryKey[2]);
