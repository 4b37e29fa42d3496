// A message that leaves later, or was held back because the customer wrote meanwhile: sending it now, or at another time.
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { moveMessage } from "@/api/composer";
import { accountKey } from "@/api/desk";
import type { Delivery, MessageItem } from "@/api/types";
import { toastError } from "@/kit/toast";
import { OwnTime } from "../composer/SendLater";

export function Scheduled({ message, delivery }: { message: MessageItem; delivery: Delivery }) {
  const { t } = useTranslation("composer");
  const [moving, dialog] = useDisclosure(false);
  const queryClient = useQueryClient();
  const move = useMutation({
    mutationFn: (at: string | null) => moveMessage(message.id, at),
    onError: toastError,
    onSettled: () => {
      for (const read of ["timeline", "tickets", "ticket"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
    },
  });
  return (
    <>
      <Button size="compact-xs" variant="default" loading={move.isPending} onClick={() => move.mutate(null)}>
        {t(delivery.held ? "later.anyway" : "later.now")}
      </Button>
      <Button size="compact-xs" variant="subtle" disabled={move.isPending} onClick={dialog.open}>
        {t("later.move")}
      </Button>
      <Modal opened={moving} onClose={dialog.close} title={t("later.title")} size="xs">
        <OwnTime
          first={later(delivery.send_at)}
          label={t("later.move")}
          onChosen={(at) => {
            dialog.close();
            move.mutate(at);
          }}
        />
      </Modal>
    </>
  );
}

/** The time that it has, while that lies ahead. */
function later(at: string | null): Date | undefined {
  const moment = at ? new Date(at) : null;
  return moment && moment.getTime() > Date.now() ? moment : undefined;
}
