// Sends the mail that proves an address, once more.
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { proveChannel } from "@/api/channels";
import { toast, toastError } from "@/kit/toast";

export function useProve(channelId: string) {
  const { t } = useTranslation("settings");
  return useMutation({
    mutationFn: () => proveChannel(channelId),
    onSuccess: () => toast(t("mend.proveSent")),
    onError: toastError,
  });
}
