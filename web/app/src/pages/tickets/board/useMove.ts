// Moving a card to another status: shown at once; where the pipeline's rules refuse it, it goes back and says why.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { type TicketPages, without, withTicket } from "@/api/ticketPages";
import { changeTicket, type TicketFilter, ticketsQuery } from "@/api/tickets";
import type { Ticket } from "@/api/types";
import { toastError } from "@/kit/toast";
import type { Lane } from "./lanes";

interface Move {
  ticket: Ticket;
  to: Lane;
}

export type LaneFilter = (lane: Pick<Lane, "key">) => TicketFilter;

export function useMove(filterOf: LaneFilter, sort: string, onRefused: (error: Error, move: Move) => void) {
  const queryClient = useQueryClient();
  const keyOf = (lane: Pick<Lane, "key">) => ticketsQuery(filterOf(lane)).queryKey;
  return useMutation({
    mutationFn: ({ ticket, to }: Move) => changeTicket(ticket.id, { status: to.id }),
    onMutate: async ({ ticket, to }) => {
      const [from, into] = [keyOf(ticket.status), keyOf(to)];
      await Promise.all([from, into].map((queryKey) => queryClient.cancelQueries({ queryKey })));
      const moved = { ...ticket, status: { ...ticket.status, ...to } };
      const before = { from, lane: queryClient.getQueryData<TicketPages>(from), into };
      queryClient.setQueryData<TicketPages>(from, (lane) => without(lane, ticket.id));
      queryClient.setQueryData<TicketPages>(into, (lane) => withTicket(lane, moved, sort));
      return before;
    },
    onError: (error, move, before) => {
      if (before) {
        queryClient.setQueryData<TicketPages>(before.into, (lane) => without(lane, move.ticket.id));
        queryClient.setQueryData<TicketPages>(before.from, (lane) => withTicket(lane, move.ticket, sort));
      }
      toastError(error);
      onRefused(error, move);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("tickets") }),
  }).mutate;
}
