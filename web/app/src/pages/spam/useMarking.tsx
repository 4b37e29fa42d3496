// Saying that conversations are spam or not, and taking it back from the message that tells of it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { Problem } from "@/api/http";
import { markSpam, unmarkSpam } from "@/api/spam";
import { offerUndo } from "@/kit/offerUndo";
import { toast, toastError } from "@/kit/toast";

const stale = ["spam", "tickets", "ticket", "contact", "contact-timeline", "raw-events", "sender-rules"];
/** As many are said at once as a person can read of; the server takes one after the other. */
const atOnce = 4;

export function useStale(): () => void {
  const queryClient = useQueryClient();
  return useCallback(() => {
    for (const read of stale) queryClient.invalidateQueries({ queryKey: accountKey(read) });
  }, [queryClient]);
}

/** Back to the desk; `undo` says it is spam again, as it was. */
export function useNotSpam(onDone?: () => void) {
  const { t } = useTranslation("spam");
  const fresh = useStale();
  const offerUndo = useOfferUndo();
  return useMutation({
    mutationFn: (conversations: string[]) => all(conversations, unmarkSpam),
    onSuccess: (marked, conversations) => {
      const denied = marked.filter((one) => one.still_denied).length;
      const [only] = marked;
      const text =
        marked.length === 1 && only?.ticket
          ? t("done.ticket", { number: only.ticket.number })
          : t("done.notSpam", { count: marked.length });
      offerUndo(denied ? `${text} ${t("done.stillDenied")}` : text, () =>
        all(conversations, (one) =>
          markSpam(one, { block: marked[conversations.indexOf(one)]?.unblocked ?? false }),
        ),
      );
      onDone?.();
    },
    onError: toastError,
    onSettled: fresh,
  });
}

/** Out of the desk; with `block` the sender too. The undo takes both back. */
export function useMarkSpam(onDone: () => void, onUndone: () => void) {
  const { t } = useTranslation("spam");
  const fresh = useStale();
  const offerUndo = useOfferUndo();
  return useMutation({
    mutationFn: ({ conversations, block }: { conversations: string[]; block: boolean }) =>
      all(conversations, (one) => markSpam(one, { block })),
    onSuccess: (_, { conversations, block }) => {
      const back = () => all(conversations, unmarkSpam).then(onUndone);
      offerUndo(t(block ? "done.blocked" : "done.spam"), back);
      onDone();
    },
    onError: (error) => {
      const allowed = error instanceof Problem && error.errors.some(({ field }) => field === "block");
      if (allowed) toast(t("settings.fault.allowed"));
      else toastError(error);
    },
    onSettled: fresh,
  });
}

function useOfferUndo() {
  const fresh = useStale();
  return (text: string, undo: () => Promise<unknown>) => {
    offerUndo(text, () => undo().catch(toastError).finally(fresh), { lasts: 10_000 });
  };
}

async function all<T>(items: string[], act: (item: string) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let at = 0; at < items.length; at += atOnce)
    done.push(...(await Promise.all(items.slice(at, at + atOnce).map((item) => act(item)))));
  return done;
}
