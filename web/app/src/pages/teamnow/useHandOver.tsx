// Hands tickets over, and offers the way back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { handOver, undoHandOver } from "@/api/handOvers";
import { offerUndo } from "@/kit/offerUndo";
import { toast, toastError } from "@/kit/toast";

export function useHandOver(person: { id: string; name: string }) {
  const { t } = useTranslation("teamnow");
  const queryClient = useQueryClient();
  const fresh = () => {
    for (const read of ["team-now", "tickets", "ticket", "members"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
  };
  const undo = (id: string) =>
    undoHandOver(id)
      .then(({ restored, left }) => {
        const back = t("hand.undone", { count: restored, name: person.name });
        toast(left.length > 0 ? `${back}; ${t("hand.left", { count: left.length })}` : back);
      })
      .catch(toastError)
      .finally(fresh);
  return useMutation({
    mutationFn: handOver,
    onSuccess: ({ id, tickets }) => {
      const text = t("hand.done", { count: tickets, name: person.name });
      offerUndo(text, () => void undo(id), { id: `hand-over-${id}`, lasts: 12_000 });
    },
    onSettled: fresh,
  });
}
