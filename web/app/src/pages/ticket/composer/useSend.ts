// Sends what was written, with the version that was seen; a stale reply comes back with just what is new. What cannot be
// sent now waits in the outbox.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mode } from "@/api/composer";
import { accountKey, useMe } from "@/api/desk";
import { type AddedComment, draftQuery, placeOf, type Sent } from "@/api/timeline";
import type { Draft, TicketDetail } from "@/api/types";
import { i18n } from "@/i18n";
import { showNote } from "@/kit/notes";
import { randomKey } from "@/kit/randomKey";
import { closable, toast, toastError } from "@/kit/toast";
import { deliver, type Stale, staleReply } from "@/live/outbox/deliver";
import { mayHaveArrived, mayPass, type Order } from "@/live/outbox/outbox";
import { useOutbox } from "@/live/outbox/useOutbox";
import type { Macros } from "./macros/useMacros";
import type { HowToSend } from "./SendButton";
import type { Outgoing } from "./useOutgoing";
import { useSentToast } from "./useSentToast";

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
  /** What the composer holds, as it is opened again. */
  draft: () => Draft;
  beforeSend: () => Promise<void>;
  afterSent: () => void;
  afterRefused: () => Promise<void>;
}

interface Wanted extends HowToSend {
  seenVersion: number;
}

type Answer = Sent | AddedComment | "waits" | undefined;

export function useSend(options: Options) {
  const { t } = useTranslation("composer");
  const { ticket, seen } = options;
  const me = useMe();
  const queryClient = useQueryClient();
  const { outbox } = useOutbox();
  const showSent = useSentToast();
  const [stale, setStale] = useState<Stale | null>(null);
  const lastWanted = useRef<HowToSend>({});
  // A second press, which may come before the button shows that it was pressed, is no second message.
  const pressed = useRef(false);

  const mutation = useMutation({
    networkMode: "always",
    mutationFn: async (wanted: Wanted): Promise<Answer> => {
      const order = orderOf(options, wanted);
      // Behind what waits already, it waits too: answers leave in the order in which they were written.
      const behind = outbox.ofTicket(ticket.id).length > 0;
      outbox.put(behind ? { ...order, state: "waiting" } : order);
      await options.beforeSend();
      if (behind) return "waits";
      try {
        const answer = await deliver<Sent | AddedComment>(outbox, order, me.member_id);
        outbox.take(order.key);
        return answer;
      } catch (error) {
        if (mayPass(error)) {
          outbox.set(order.key, { state: "waiting", unsure: mayHaveArrived() });
          return "waits";
        }
        outbox.take(order.key);
        throw error;
      }
    },
    onSuccess: (sent) => {
      setStale(null);
      if (sent === "waits") toast(t("outbox.waits"));
      else if (sent && "delivery" in sent) {
        seen.accept(sent.version);
        showSent(sent, { id: ticket.id, number: ticket.number, waits: !!ticket.reply.reason });
      } else if (sent) sayNotTold(sent.not_told);
      if (options.mode !== "comment" && options.mode !== "forward") options.macros.clear();
      else if (sent !== "waits" && options.macros.chosen.length) void options.macros.afterwards();
      queryClient.setQueryData(draftQuery(ticket.id).queryKey, null);
      for (const read of ["timeline", "tickets", "ticket", "conversation", "inbox-conversations", "inboxes"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
      options.afterSent();
    },
    onError: (error) => {
      const found = staleReply(error);
      options.afterRefused();
      if (found) setStale(found);
      else toastError(error);
    },
    onSettled: () => {
      pressed.current = false;
    },
  });

  const press = (wanted: Wanted) => {
    if (pressed.current) return;
    pressed.current = true;
    mutation.mutate(wanted);
  };
  const send = (how: HowToSend) => {
    lastWanted.current = how;
    press({ ...how, seenVersion: seen.version ?? 0 });
  };
  const acceptNewer = () => {
    if (stale) seen.accept(stale.version);
    setStale(null);
  };
  const sendAnyway = () => {
    if (!stale) return;
    seen.accept(stale.version);
    press({ ...lastWanted.current, seenVersion: stale.version });
  };
  return { send, sendAnyway, acceptNewer, stale, sending: mutation.isPending };
}

function orderOf(options: Options, wanted: Wanted): Order {
  const { ticket, mode, outgoing, html, attachments } = options;
  const forwarded = mode === "forward" ? outgoing.plan?.answers : null;
  const what =
    mode === "comment"
      ? { path: `${placeOf(ticket.id)}/comments`, body: { html, attachments, mentions: options.mentions() } }
      : forwarded
        ? { path: `/messages/${forwarded}/forward`, body: forwardBody(options, wanted) }
        : { path: `${placeOf(ticket.id)}/replies`, body: replyBody(options, wanted) };
  return {
    ...what,
    key: randomKey(),
    ticket: { id: ticket.id, number: ticket.number },
    draft: options.draft(),
    at: new Date().toISOString(),
    state: "sending",
    unsure: false,
    why: null,
  };
}

function replyBody(
  { html, attachments, outgoing, macros }: Options,
  wanted: Wanted,
): Record<string, unknown> {
  const { recipients, plan } = outgoing;
  return {
    html,
    to: recipients.to,
    cc: recipients.cc,
    bcc: recipients.bcc,
    attachments,
    seen_version: wanted.seenVersion,
    status: wanted.status,
    send_at: wanted.sendAt,
    include_new_people: recipients.newPeople,
    // What stood below is what is answered, also when something came in meanwhile.
    answers: plan?.answers,
    channel: outgoing.channel,
    quote: outgoing.quotes,
    macros: macros.uses(wanted.status),
  };
}

function forwardBody({ html, attachments, outgoing }: Options, wanted: Wanted): Record<string, unknown> {
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
    send_at: wanted.sendAt ?? null,
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
