// After sending: eight seconds in which it can still be taken back.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Sent } from "@/api/timeline";
import type { TicketDetail } from "@/api/types";
import { hideNote, showNote } from "@/kit/notes";
import { UndoToast } from "./UndoToast";
import { useUndoReply } from "./useUndoReply";

const undoFor = 8000;

export function useSentToast(ticket: TicketDetail): (sent: Sent) => void {
  const { t } = useTranslation("composer");
  const undo = useUndoReply(ticket.id);
  const navigate = useNavigate();
  const { slug } = useParams({ from: "/a/$slug" });
  return (sent) => {
    const id = `sent-${sent.id}`;
    const left = timeLeft(sent.delivery.not_before);
    showNote({
      id,
      withBorder: true,
      autoClose: left,
      message: (
        <UndoToast
          text={t(ticket.reply.reason ? "sentQueued" : "sent", { number: ticket.number })}
          seconds={left / 1000}
          onUndo={() => {
            hideNote(id);
            undo.mutate(sent.id);
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

/** The server says until when it holds the reply; a clock that is off must not make that hours. */
export function timeLeft(notBefore: string | null, now = Date.now()): number {
  if (!notBefore) return undoFor;
  const left = new Date(notBefore).getTime() - now;
  return left > 1000 && left <= 60_000 ? left : undoFor;
}
