// Changing a ticket's properties, and showing what the server made of it everywhere.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { changeTicket, type TicketChange, ticketQuery } from "@/api/tickets";
import type { Ticket, TicketDetail } from "@/api/types";
import { toastError } from "@/kit/toast";

/** `quiet`: whoever calls shows what went wrong. */
export function useChangeTicket(ticket: TicketDetail, { quiet = false } = {}) {
  const queryClient = useQueryClient();
  const key = ticketQuery(String(ticket.number)).queryKey;
  return useMutation({
    mutationFn: (change: TicketChange) => changeTicket(ticket.id, change),
    onSuccess: (changed: Ticket) =>
      queryClient.setQueryData<TicketDetail>(key, (known) => known && { ...known, ...changed }),
    onError: quiet ? undefined : toastError,
    onSettled: () => {
      for (const read of ["tickets", "timeline"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
      queryClient.invalidateQueries({ queryKey: key });
    },
  });
}
