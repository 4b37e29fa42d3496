// What is not published yet, kept in this browser, so that a crash or a closed tab loses nothing.
import { currentAccount } from "@/api/http";
import type { Draft } from "./draft";

export interface Kept {
  /** The version that it builds on. */
  version: number;
  base: Draft;
  draft: Draft;
  /** ISO time of the last change. */
  at: string;
}

const keyOf = (formId: string) => `kanal.form.${currentAccount()}.${formId}`;

export function keep(formId: string, kept: Kept): void {
  try {
    localStorage.setItem(keyOf(formId), JSON.stringify(kept));
  } catch {
    // Full or forbidden: what stands on the screen is still there.
  }
}

export function forget(formId: string): void {
  localStorage.removeItem(keyOf(formId));
}

export function keptOf(formId: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(formId)) ?? "null") as Kept | null;
    return kept?.draft?.fields && kept.base?.fields ? kept : null;
  } catch {
    return null;
  }
}
