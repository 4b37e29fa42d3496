// Takes back a reply that has not left yet; the server puts its text back as the draft.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { undoReply } from "@/api/timeline";
import { toastError } from "@/kit/toast";

export function useUndoReply(ticketId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: undoReply,
    onError: toastError,
    onSettled: () => {
      queryClient.invalidateQueries({ queryKey: accountKey("draft", ticketId) });
      queryClient.invalidateQueries({ queryKey: accountKey("timeline", ticketId) });
      queryClient.invalidateQueries({ queryKey: accountKey("tickets") });
    },
  });
}
