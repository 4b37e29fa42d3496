// Sends what was written, with the version that was seen; a stale reply comes back with just what is new.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { forwardMessage, type Mode } from "@/api/composer";
import { accountKey, useMe } from "@/api/desk";
import { Offline, Problem } from "@/api/http";
import { type AddedComment, addComment, draftQuery, type Sent, sendReply } from "@/api/timeline";
import type { TicketDetail, TimelineItem } from "@/api/types";
import { i18n } from "@/i18n";
import { showNote } from "@/kit/notes";
import { randomKey } from "@/kit/randomKey";
import { closable, toastError } from "@/kit/toast";
import type { Macros } from "./macros/useMacros";
import type { HowToSend } from "./SendButton";
import type { Outgoing } from "./useOutgoing";
import { useSentToast } from "./useSentToast";

export interface Stale {
  version: number;
  newer: TimelineItem[];
}

interface Options {
  ticket: TicketDetail;
  mode: Mode;
  html: string;
  /** Members whom it names; asked when it is sent. */
  mentions: () => string[];
  attachments: string[];
  outgoing: Outgoing;
  macros: Pick<Macros, "chosen" | "uses" | "afterwards" | "clear">;
  seen: { version: number | undefined; accept: (version: number) => void };
  beforeSend: () => Promise<void>;
  afterSent: () => void;
  afterRefused: () => Promise<void>;
}

interface Order extends HowToSend {
  seenVersion: number;
}

export function useSend(options: Options) {
  const { ticket, mode, seen } = options;
  const me = useMe();
  const queryClient = useQueryClient();
  const showSent = useSentToast();
  const [stale, setStale] = useState<Stale | null>(null);
  const lastOrder = useRef<HowToSend>({});
  // The same key until there is an answer: a second click after a lost one is not a second reply.
  const key = useRef(randomKey());

  const mutation = useMutation({
    mutationFn: async (order: Order): Promise<Sent | AddedComment> => {
      await options.beforeSend();
      const { html, attachments, outgoing } = options;
      if (mode === "comment")
        return addComment(ticket.id, { html, attachments, mentions: options.mentions() }, key.current);
      if (mode === "forward" && outgoing.plan?.answers)
        return forwardMessage(outgoing.plan.answers, forwardBody(options, order), key.current);
      try {
        return await sendReply(ticket.id, replyBody(options, order), key.current);
      } catch (error) {
        const found = staleReply(error);
        if (!found || !allOwn(found.newer, me.member_id)) throw error;
        key.current = randomKey();
        const known = { ...order, seenVersion: found.version };
        return sendReply(ticket.id, replyBody(options, known), key.current);
      }
    },
    onSuccess: (sent) => {
      key.current = randomKey();
      setStale(null);
      if ("delivery" in sent) {
        seen.accept(sent.version);
        showSent(sent, { id: ticket.id, number: ticket.number, waits: !!ticket.reply.reason });
      }
      if ("not_told" in sent) sayNotTold(sent.not_told);
      if (mode !== "comment" && mode !== "forward") options.macros.clear();
      else if (options.macros.chosen.length) void options.macros.afterwards();
      queryClient.setQueryData(draftQuery(ticket.id).queryKey, null);
      for (const read of ["timeline", "tickets", "ticket"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
      options.afterSent();
    },
    onError: (error) => {
      if (!(error instanceof Offline)) key.current = randomKey();
      const found = staleReply(error);
      options.afterRefused();
      if (found) setStale(found);
      else toastError(error);
    },
  });

  const send = (how: HowToSend) => {
    if (mutation.isPending) return;
    lastOrder.current = how;
    mutation.mutate({ ...how, seenVersion: seen.version ?? 0 });
  };
  const acceptNewer = () => {
    if (stale) seen.accept(stale.version);
    setStale(null);
  };
  const sendAnyway = () => {
    if (!stale) return;
    seen.accept(stale.version);
    mutation.mutate({ ...lastOrder.current, seenVersion: stale.version });
  };
  return { send, sendAnyway, acceptNewer, stale, sending: mutation.isPending };
}

function replyBody({ html, attachments, outgoing, macros }: Options, order: Order) {
  const { recipients, plan } = outgoing;
  return {
    html,
    to: recipients.to,
    cc: recipients.cc,
    bcc: recipients.bcc,
    attachments,
    seen_version: order.seenVersion,
    status: order.status,
    send_at: order.sendAt,
    include_new_people: recipients.newPeople,
    // What stood below is what is answered, also when something came in meanwhile.
    answers: plan?.answers,
    channel: outgoing.channel,
    quote: outgoing.quotes,
    macros: macros.uses(order.status),
  };
}

function forwardBody({ html, attachments, outgoing }: Options, order: Order) {
  const { recipients, plan, left, channel, subject } = outgoing;
  const handed = plan?.attachments.filter((file) => !left.has(file.id)).map((file) => file.id) ?? [];
  return {
    html,
    to: recipients.to,
    cc: recipients.cc,
    bcc: recipients.bcc,
    subject: subject || null,
    attachments: [...handed, ...attachments],
    channel,
    send_at: order.sendAt ?? null,
  };
}

/** Whoever was named and cannot see the ticket hears nothing of it; the author has to know. */
function sayNotTold(members: AddedComment["not_told"]): void {
  if (members.length === 0) return;
  const who = new Intl.ListFormat(i18n.language).format(members.map(({ name }) => name));
  showNote({
    color: "yellow",
    message: i18n.t("composer:mention.notTold", { who }),
    withBorder: true,
    ...closable(),
  });
}

export function staleReply(error: unknown): Stale | null {
  if (!(error instanceof Problem) || error.kind !== "stale-reply") return null;
  return { version: Number(error.body.version), newer: (error.body.newer as TimelineItem[]) ?? [] };
}

/** What I said or did myself a moment ago is no news to me. */
export function allOwn(newer: TimelineItem[], me: string): boolean {
  return newer.length > 0 && newer.every((item) => authorOf(item) === me);
}

function authorOf(item: TimelineItem): string | null | undefined {
  if (item.type === "message") return item.from.member_id;
  return item.type === "comment" ? item.author?.member_id : item.actor?.member_id;
}
