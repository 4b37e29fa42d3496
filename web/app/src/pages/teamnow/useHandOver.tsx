// Hands tickets over, first setting their owner to away where that was asked for, and offers the way back.
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { setAvailability } from "@/api/availability";
import { accountKey } from "@/api/desk";
import { type HandOverIn, handOver, undoHandOver } from "@/api/handOvers";
import { closable, toast, toastError } from "@/kit/toast";
import { UndoNote } from "@/kit/UndoNote";

const undoFor = 12_000;

export function useHandOver(person: { id: string; name: string }) {
  const { t } = useTranslation("teamnow");
  const queryClient = useQueryClient();
  const fresh = () => {
    for (const read of ["team-now", "tickets", "ticket", "members"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
  };
  const undo = (id: string, wasSetAway: boolean) =>
    undoHandOver(id)
      .then(async ({ restored, left }) => {
        if (wasSetAway) await setAvailability(person.id, "available");
        const back = t("hand.undone", { count: restored, name: person.name });
        toast(left.length > 0 ? `${back}; ${t("hand.left", { count: left.length })}` : back);
      })
      .catch(toastError)
      .finally(fresh);
  return useMutation({
    mutationFn: async ({ away, body }: { away: boolean; body: HandOverIn }) => {
      if (away) await setAvailability(person.id, "away");
      return handOver(body);
    },
    onSuccess: ({ id, tickets }, { away }) => {
      const note = `hand-over-${id}`;
      notifications.show({
        id: note,
        withBorder: true,
        autoClose: undoFor,
        ...closable(),
        message: (
          <UndoNote
            text={t("hand.done", { count: tickets, name: person.name })}
            onUndo={() => {
              notifications.hide(note);
              void undo(id, away);
            }}
          />
        ),
      });
    },
    onSettled: fresh,
  });
}
