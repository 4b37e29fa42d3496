// Whether I am available, and saying otherwise by hand; the way back is offered for a moment.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type AvailabilityState, setAvailability } from "@/api/availability";
import { accountKey, meQuery, useMe } from "@/api/desk";
import type { Me } from "@/api/types";
import { hideNote } from "@/kit/notes";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";

const undoFor = 6000;
const noteId = "my-availability";

export function useMyAvailability() {
  const { t } = useTranslation("shell");
  const queryClient = useQueryClient();
  const me = useMe();
  const standing = me.availability;
  const change = useMutation({
    mutationFn: (state: AvailabilityState) => setAvailability(me.member_id, state),
    onSuccess: (availability) => {
      queryClient.setQueryData<Me>(meQuery().queryKey, (known) => known && { ...known, availability });
      for (const read of ["members", "member", "me"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
    },
    onError: toastError,
  });
  const set = (state: AvailabilityState) => {
    const was = standing.state;
    change.mutate(state, {
      onSuccess: () => {
        if (was === state) return;
        hideNote(noteId);
        offerUndo(t(`availability.now.${state}`), () => change.mutate(was), { id: noteId, lasts: undoFor });
      },
    });
  };
  const toggle = () => set(standing.state === "available" ? "away" : "available");
  // The switch stands where it was put, before the server has answered.
  const wanted = change.isPending ? change.variables : standing.state;
  return { standing, wanted, set, toggle };
}
