// A certificate that nobody vouches for, as the check of a server shows it; a person may accept it by its fingerprint.
import { Problem } from "@/api/http";
import type { Part } from "./servers";

export interface Certificate {
  fingerprint: string;
  subject: string;
  issuer: string;
  until: string;
  /** Which server showed it. */
  part: Part;
}

export function certificateIn(error: unknown): Certificate | null {
  if (!(error instanceof Problem)) return null;
  const shown = error.body.certificate as Omit<Certificate, "part"> | undefined;
  if (!shown?.fingerprint) return null;
  const part = error.errors.some(({ field }) => /(^|\.)smtp\./.test(field)) ? "smtp" : "imap";
  return { ...shown, part };
}

/** `AB12…` in pairs, as other programs show it. */
export const fingerprintInPairs = (fingerprint: string) =>
  (
    fingerprint
      .replace(/[^0-9a-f]/gi, "")
      .toUpperCase()
      .match(/../g) ?? [fingerprint]
  ).join(":");
