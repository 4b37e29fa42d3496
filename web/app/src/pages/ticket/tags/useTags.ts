// Adding and taking off tags: shown at once in the ticket, read anew in the lists.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { addTag, removeTag } from "@/api/tags";
import { ticketQuery } from "@/api/tickets";
import type { TicketDetail } from "@/api/types";
import { toastError } from "@/kit/toast";

export function useTags(ticket: TicketDetail) {
  const queryClient = useQueryClient();
  const key = ticketQuery(String(ticket.number)).queryKey;
  const show = (tags: string[]) =>
    queryClient.setQueryData<TicketDetail>(key, (known) => known && { ...known, tags });
  const kept = {
    onSuccess: ({ tags }: { tags: string[] }) => show(tags),
    onSettled: () => {
      for (const read of ["tickets", "timeline", "tags"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
    },
  };
  const add = useMutation({ mutationFn: (name: string) => addTag(ticket.id, name), ...kept });
  const remove = useMutation({
    mutationFn: (name: string) => removeTag(ticket.id, name),
    onMutate: (name) => show(ticket.tags.filter((tag) => tag !== name)),
    onError: (error) => {
      show(ticket.tags);
      toastError(error);
    },
    ...kept,
  });
  return { add, remove };
}
