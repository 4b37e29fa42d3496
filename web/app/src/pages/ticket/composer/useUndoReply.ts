// Takes back a reply that has not left yet; the server puts its text back as the draft.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { undoReply } from "@/api/timeline";
import { toastError } from "@/kit/toast";

interface Taken {
  messageId: string;
  ticketId: string;
}

export function useUndoReply() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ messageId }: Taken) => undoReply(messageId),
    onError: toastError,
    onSettled: (_data, _error, { ticketId }) => {
      queryClient.invalidateQueries({ queryKey: accountKey("draft", ticketId) });
      queryClient.invalidateQueries({ queryKey: accountKey("timeline", ticketId) });
      for (const read of ["tickets", "conversation", "inbox-conversations", "inboxes"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
    },
  });
}
