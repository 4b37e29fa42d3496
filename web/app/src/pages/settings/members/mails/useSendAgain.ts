// Sends mails again, one after the other; each leaves the list at once, and is back with its reason if it fails again.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failedMailsQuery, type MemberMail, sendMailAgain } from "@/api/memberMails";
import { toast, toastError } from "@/kit/toast";

export function useSendAgain() {
  const { t } = useTranslation("mails");
  const queryClient = useQueryClient();
  const { queryKey } = failedMailsQuery();
  const gone = (id: string) =>
    queryClient.setQueryData(
      queryKey,
      (known) => known && { ...known, items: known.items.filter((mail) => mail.id !== id) },
    );
  return useMutation({
    mutationFn: async (mails: MemberMail[]) => {
      for (const { id } of mails) {
        await sendMailAgain(id);
        gone(id);
      }
    },
    onSuccess: (_, mails) => toast(t("again", { count: mails.length })),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}
