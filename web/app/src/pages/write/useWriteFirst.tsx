// Sends a new mail, opens its ticket, and offers to take it back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useRef } from "react";
import { writeNewMail } from "@/api/composer";
import { accountKey } from "@/api/desk";
import { Offline } from "@/api/http";
import { randomKey } from "@/kit/randomKey";
import { toastError } from "@/kit/toast";
import type { HowToSend } from "../ticket/composer/SendButton";
import { useSentToast } from "../ticket/composer/useSentToast";
import type { Unsent } from "./unsent";

interface Options {
  mail: Unsent;
  channel: string | undefined;
  attachments: string[];
  onWritten: () => void;
}

export function useWriteFirst({ mail, channel, attachments, onWritten }: Options) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { slug } = useParams({ from: "/a/$slug" });
  const showSent = useSentToast();
  // The same key until there is an answer: a second click after a lost one is not a second mail.
  const key = useRef(randomKey());
  const { recipients, subject, html } = mail;
  const mutation = useMutation({
    mutationFn: ({ sendAt }: HowToSend) =>
      writeNewMail(
        {
          channel,
          to: recipients.to,
          cc: recipients.cc,
          bcc: recipients.bcc,
          subject: subject.trim(),
          html,
          attachments,
          send_at: sendAt ?? null,
        },
        key.current,
      ),
    onSuccess: (ticket) => {
      onWritten();
      queryClient.invalidateQueries({ queryKey: accountKey("tickets") });
      if (ticket.message) showSent(ticket.message, ticket, "newMail.written");
      navigate({ to: "/a/$slug/tickets/$number", params: { slug, number: String(ticket.number) } });
    },
    onError: (error) => {
      if (!(error instanceof Offline)) key.current = randomKey();
      toastError(error);
    },
  });
  return { send: (how: HowToSend) => mutation.mutate(how), sending: mutation.isPending };
}
