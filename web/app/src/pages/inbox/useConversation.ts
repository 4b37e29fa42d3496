// What can be done to a conversation of an inbox; every list and count of it is then read again.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import {
  type Conversation,
  type ConversationChange,
  changeConversation,
  conversationQuery,
  makeTicket,
} from "@/api/inboxes";
import { markSpam } from "@/api/spam";
import { offerUndo } from "@/kit/offerUndo";
import { toast, toastError } from "@/kit/toast";

export type Actions = ReturnType<typeof useConversation>;

export function useConversation(slug: string, conversation: Conversation) {
  const { t } = useTranslation("inbox");
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { id, inbox_id: inboxId, state } = conversation;
  const settle = () => {
    for (const read of ["inbox-conversations", "inboxes", "conversation", "timeline", "spam"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
  };
  const change = useMutation({
    mutationFn: (wanted: ConversationChange) => changeConversation(id, wanted),
    onSuccess: (now) =>
      queryClient.setQueryData<Conversation>(
        conversationQuery(id).queryKey,
        (known) => known && { ...known, ...now },
      ),
    onError: toastError,
    onSettled: settle,
  });
  const ticket = useMutation({
    mutationFn: () => makeTicket(id),
    onSuccess: ({ number }) => toast(t("madeTicket", { number })),
    onError: toastError,
    onSettled: settle,
  });
  const spam = useMutation({
    mutationFn: () => markSpam(id),
    onSuccess: () => {
      toast(t("isSpam"));
      navigate({ to: "/a/$slug/inbox/$inboxId", params: { slug, inboxId }, search: (kept) => kept });
    },
    onError: toastError,
    onSettled: settle,
  });
  const toggle = () => {
    const was = state;
    change.mutate(
      { state: was === "open" ? "closed" : "open" },
      {
        onSuccess: () =>
          offerUndo(t(was === "open" ? "closedNow" : "openNow"), () => change.mutateAsync({ state: was })),
      },
    );
  };
  return {
    change: change.mutate,
    toggle,
    take: () => change.mutate({ assignee: "me" }),
    makeTicket: () => ticket.mutate(),
    spam: () => spam.mutate(),
    busy: change.isPending || ticket.isPending,
  };
}
