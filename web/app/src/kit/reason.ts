// Why something waits or failed: the sentences of our own server in the reader's language, a mail server's as they are.
import type { i18n as I18n } from "i18next";

export function reasonText(reason: string, i18n: I18n): string {
  const key = `ticket:reason.${reasonKey(reason)}`;
  return i18n.exists(key) ? i18n.t(key) : reason;
}

/** "The channel was deleted." → "the_channel_was_deleted" */
export function reasonKey(reason: string): string {
  return reason
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}
