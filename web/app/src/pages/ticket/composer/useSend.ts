// Sends what was written, with the version that was seen; a stale reply comes back with just what is new.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { accountKey, useMe } from "@/api/desk";
import { Offline, Problem } from "@/api/http";
import { addComment, draftQuery, type Sent, sendReply } from "@/api/timeline";
import type { CommentItem, TicketDetail, TimelineItem } from "@/api/types";
import { randomKey } from "@/kit/randomKey";
import { toastError } from "@/kit/toast";
import type { Mode } from "./ComposerDock";
import type { RecipientsValue } from "./Recipients";
import { useSentToast } from "./useSentToast";

export interface Stale {
  version: number;
  newer: TimelineItem[];
}

interface Options {
  ticket: TicketDetail;
  mode: Mode;
  recipients: RecipientsValue;
  html: string;
  attachments: string[];
  seen: { version: number | undefined; accept: (version: number) => void };
  beforeSend: () => Promise<void>;
  afterSent: () => void;
  afterRefused: () => Promise<void>;
}

interface Order {
  status?: string;
  seenVersion: number;
}

export function useSend(options: Options) {
  const { ticket, mode, seen } = options;
  const me = useMe();
  const queryClient = useQueryClient();
  const showSent = useSentToast(ticket);
  const [stale, setStale] = useState<Stale | null>(null);
  const lastStatus = useRef<string | undefined>(undefined);
  // The same key until there is an answer: a second click after a lost one is not a second reply.
  const key = useRef(randomKey());

  const mutation = useMutation({
    mutationFn: async (order: Order): Promise<Sent | CommentItem> => {
      await options.beforeSend();
      if (mode === "comment") {
        const { html, attachments } = options;
        return addComment(ticket.id, { html, attachments }, key.current);
      }
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
        showSent(sent);
      }
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

  const send = (status?: string) => {
    if (mutation.isPending) return;
    lastStatus.current = status;
    mutation.mutate({ status, seenVersion: seen.version ?? 0 });
  };
  const acceptNewer = () => {
    if (stale) seen.accept(stale.version);
    setStale(null);
  };
  const sendAnyway = () => {
    if (!stale) return;
    seen.accept(stale.version);
    mutation.mutate({ status: lastStatus.current, seenVersion: stale.version });
  };
  return { send, sendAnyway, acceptNewer, stale, sending: mutation.isPending };
}

function replyBody({ html, recipients, attachments }: Options, order: Order) {
  return {
    html,
    to: recipients.to,
    cc: recipients.cc,
    bcc: recipients.bcc,
    attachments,
    seen_version: order.seenVersion,
    status: order.status,
    include_new_people: recipients.newPeople,
  };
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
