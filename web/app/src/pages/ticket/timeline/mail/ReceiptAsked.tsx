// The sender asks to be told that their mail was read. Nothing is ever told by itself.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { sendReceipt } from "@/api/messages";
import type { MessageItem } from "@/api/types";
import { Time } from "@/kit/Time";
import { toastError } from "@/kit/toast";
import classes from "./MailNotes.module.css";

export function ReceiptAsked({ message }: { message: MessageItem }) {
  const { t } = useTranslation("message");
  const { can } = useMe();
  const queryClient = useQueryClient();
  const send = useMutation({
    mutationFn: () => sendReceipt(message.id),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("timeline") }),
  });
  if (message.receipt_sent_at)
    return (
      <p className={classes.box}>
        <span>
          {t("receipt.sent")} <Time at={message.receipt_sent_at} as="clock" />
        </span>
      </p>
    );
  return (
    <section className={classes.box} aria-label={t("receipt.title")}>
      <p className={classes.words}>{t("receipt.asked", { address: message.receipt_to })}</p>
      {can.answer && (
        <Button size="compact-xs" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
          {t("receipt.send")}
        </Button>
      )}
    </section>
  );
}
