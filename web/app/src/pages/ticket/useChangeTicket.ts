// Changing a ticket's properties, and showing what the server made of it everywhere.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { changeTicket, type TicketChange, ticketQuery } from "@/api/tickets";
import type { Ticket, TicketDetail } from "@/api/types";
import { toastError } from "@/kit/toast";

export function useChangeTicket(ticket: TicketDetail) {
  const queryClient = useQueryClient();
  const key = ticketQuery(String(ticket.number)).queryKey;
  return useMutation({
    mutationFn: (change: TicketChange) => changeTicket(ticket.id, change),
    onSuccess: (changed: Ticket) =>
      queryClient.setQueryData<TicketDetail>(key, (known) => known && { ...known, ...changed }),
    onError: toastError,
    onSettled: () => {
      for (const read of ["tickets", "timeline"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
      queryClient.invalidateQueries({ queryKey: key });
    },
  });
}
