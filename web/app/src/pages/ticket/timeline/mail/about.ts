// Whether there is more to say of a message than who wrote it and what: then its notes are fetched.
import type { MessageItem } from "@/api/types";

export function hasMailNotes(message: MessageItem): boolean {
  const { signals } = message;
  return (
    message.forwarded !== null ||
    message.invitation !== null ||
    message.receipt_to !== "" ||
    message.sent_elsewhere ||
    message.is_forward ||
    signals.first_time ||
    signals.hidden_behind !== "" ||
    signals.looks_like !== "" ||
    signals.reply_to !== ""
  );
}
