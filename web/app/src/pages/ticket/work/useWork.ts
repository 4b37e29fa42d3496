// Acting on a ticket: done at once, told with the way back, and read anew wherever it is shown.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { changeTicket, type TicketChange } from "@/api/tickets";
import * as api from "@/api/ticketWork";
import type { TicketDetail } from "@/api/types";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";
import { useGoOn } from "@/pages/tickets/afterClosing";

const stale = ["tickets", "views", "ticket", "ticket-times", "timeline", "contact", "contact-timeline"];

export function useWork(ticket: TicketDetail) {
  const { t } = useTranslation("work");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { slug } = useParams({ from: "/a/$slug" });
  const { view } = useSearch({ from: "/a/$slug/tickets" });

  const goOn = useGoOn();

  const fresh = useCallback(() => {
    for (const read of stale) queryClient.invalidateQueries({ queryKey: accountKey(read) });
  }, [queryClient]);
  const show = useCallback(
    (number: number) =>
      navigate({
        to: "/a/$slug/tickets/$number",
        params: { slug, number: String(number) },
        search: { view },
      }),
    [navigate, slug, view],
  );

  /** Answers whether it was done; what went wrong is told. */
  async function act<T>(what: () => Promise<T>, done: (made: T) => void): Promise<boolean> {
    try {
      const made = await what();
      done(made);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      fresh();
    }
  }
  const undoable = (text: string, back: () => Promise<unknown>, then?: () => void) =>
    offerUndo(
      text,
      () =>
        back()
          .then(() => then?.(), toastError)
          .finally(fresh),
      { lasts: 10_000 },
    );
  const number = ticket.number;

  return {
    show,
    fresh,
    change: (change: TicketChange, said: string) =>
      act(
        () => changeTicket(ticket.id, change),
        () => undoable(said, () => changeTicket(ticket.id, before(ticket, change))),
      ),
    snooze: (until: string, said: string) =>
      act(
        () => api.snoozeTicket(ticket.id, until),
        () => {
          undoable(said, () =>
            ticket.snoozed_until
              ? api.snoozeTicket(ticket.id, ticket.snoozed_until)
              : api.wakeTicket(ticket.id),
          );
          goOn(number);
        },
      ),
    wake: () =>
      act(
        () => api.wakeTicket(ticket.id),
        () =>
          undoable(t("done.woke"), () =>
            ticket.snoozed_until ? api.snoozeTicket(ticket.id, ticket.snoozed_until) : Promise.resolve(),
          ),
      ),
    follow: (wanted: boolean) =>
      act(
        () => (wanted ? api.followTicket(ticket.id) : api.unfollowTicket(ticket.id)),
        () =>
          undoable(t(wanted ? "done.followed" : "done.unfollowed"), () =>
            wanted ? api.unfollowTicket(ticket.id) : api.followTicket(ticket.id),
          ),
      ),
    link: (other: api.Found) =>
      act(
        () => api.linkTicket(ticket.id, other.id),
        () =>
          undoable(t("done.linked", { number: other.number }), () => api.unlinkTicket(ticket.id, other.id)),
      ),
    unlink: (other: { id: string; number: number }) =>
      act(
        () => api.unlinkTicket(ticket.id, other.id),
        () =>
          undoable(t("done.unlinked", { number: other.number }), () => api.linkTicket(ticket.id, other.id)),
      ),
    remove: (leave: () => void) =>
      act(
        () => api.deleteTicket(ticket.id),
        () => {
          undoable(
            t("done.deleted", { number }),
            () => api.restoreTicket(ticket.id),
            () => show(number),
          );
          leave();
        },
      ),
    restore: () =>
      act(
        () => api.restoreTicket(ticket.id),
        () => undoable(t("done.restored", { number }), () => api.deleteTicket(ticket.id)),
      ),
    /** `part` becomes part of `whole`; one of them is this ticket. */
    merge: (part: api.Found, whole: api.Found) =>
      act(
        () => api.mergeTicket(part.id, whole.id),
        (merged) => {
          undoable(
            t("done.merged", { part: part.number, whole: whole.number }),
            () => api.undoMerge(merged.id),
            () => show(number),
          );
          show(whole.number);
        },
      ),
    unmerge: (merge: string, part: api.Found | { id: string; number: number }) =>
      act(
        () => api.undoMerge(merge),
        () =>
          undoable(t("done.unmerged", { number: part.number }), () => api.mergeTicket(part.id, ticket.id)),
      ),
    split: (messages: string[], subject: string) =>
      act(
        () => api.splitTicket(ticket.id, messages, subject),
        (made) => {
          undoable(
            t("done.split", { number: made.number }),
            () => api.mergeTicket(made.id, ticket.id),
            () => show(number),
          );
          show(made.number);
        },
      ),
  };
}

export type Work = ReturnType<typeof useWork>;

/** The change that takes another one back. */
export function before(ticket: TicketDetail, change: TicketChange): TicketChange {
  const back: TicketChange = {};
  if (change.status !== undefined || change.pipeline !== undefined) {
    back.pipeline = ticket.pipeline.id;
    back.status = ticket.status.id;
  }
  if (change.priority !== undefined) back.priority = ticket.priority;
  if (change.team !== undefined) back.team = ticket.team?.id ?? null;
  if (change.assignee !== undefined) back.assignee = ticket.assignee?.id ?? null;
  if (change.subject !== undefined) back.subject = ticket.subject;
  if (change.description !== undefined) back.description = ticket.description;
  if (change.contact !== undefined) back.contact = ticket.contact?.id ?? null;
  return back;
}
