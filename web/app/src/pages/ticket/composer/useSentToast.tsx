// After sending: eight seconds in which it can still be taken back.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Sent } from "@/api/timeline";
import { hideNote, showNote } from "@/kit/notes";
import { dateLocale, messageTime } from "@/kit/time";
import { UndoToast } from "./UndoToast";
import { useUndoReply } from "./useUndoReply";

const undoFor = 8000;

interface Answered {
  id: string;
  number: number;
  /** It waits for somebody to set the way out up. */
  waits?: boolean;
}

export function useSentToast(): (sent: Sent, ticket: Answered, words?: string) => void {
  const { t, i18n } = useTranslation("composer");
  const undo = useUndoReply();
  const navigate = useNavigate();
  const { slug } = useParams({ from: "/a/$slug" });
  return (sent, ticket, words = ticket.waits ? "sentQueued" : "sent") => {
    const id = `sent-${sent.id}`;
    const left = timeLeft(sent.delivery.not_before);
    const { send_at } = sent.delivery;
    const when = send_at && messageTime(send_at, new Date(), dateLocale(i18n.language));
    showNote({
      id,
      withBorder: true,
      autoClose: left,
      message: (
        <UndoToast
          text={t(wordsOf(ticket, !!when, words), { number: ticket.number, when })}
          seconds={left / 1000}
          onUndo={() => {
            hideNote(id);
            undo.mutate({ messageId: sent.id, ticketId: ticket.id });
            if (!ticket.number) return;
            navigate({
              to: "/a/$slug/tickets/$number",
              params: { slug, number: String(ticket.number) },
              search: (kept) => kept,
            });
          }}
        />
      ),
    });
  };
}

/** What is sent in a conversation of an inbox has no number. */
function wordsOf(ticket: Answered, later: boolean, words: string): string {
  if (!ticket.number) return later ? "sentLaterApart" : "sentApart";
  return later ? "sentLater" : words;
}

/** The server says until when it holds the reply; a clock that is off must not make that hours. */
export function timeLeft(notBefore: string | null, now = Date.now()): number {
  if (!notBefore) return undoFor;
  const left = new Date(notBefore).getTime() - now;
  return left > 1000 && left <= 60_000 ? left : undoFor;
}
