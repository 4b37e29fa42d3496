// A mail that somebody handed on: whose it is taken to be, why, and the click that changes it.
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { chooseSender, type Whose } from "@/api/messages";
import { useMay } from "@/api/roles";
import type { MessageItem } from "@/api/types";
import { toastError } from "@/kit/toast";
import classes from "./MailNotes.module.css";

interface Props {
  message: MessageItem;
  forwarded: NonNullable<MessageItem["forwarded"]>;
}

export function HandedOn({ message, forwarded }: Props) {
  const { t } = useTranslation("message");
  const { can } = useMe();
  const mayBelieve = useMay("manage_desk");
  const [always, setAlways] = useState(false);
  const queryClient = useQueryClient();
  const choose = useMutation({
    mutationFn: (whose: Whose) => chooseSender(message.id, whose, always && whose === "original"),
    onError: toastError,
    onSettled: () => {
      for (const read of ["timeline", "tickets", "ticket"])
        queryClient.invalidateQueries({ queryKey: accountKey(read) });
    },
  });
  const original = forwarded.name || forwarded.address;
  const by = forwarded.by.name || forwarded.by.address;
  const applied = forwarded.state === "applied";
  const words = { original, address: forwarded.address, by };
  return (
    <section
      className={classes.box}
      data-tone={forwarded.state === "claimed" ? "warn" : undefined}
      aria-label={t("handedOn.title")}
    >
      <p className={classes.words}>{t(`handedOn.${forwarded.state}`, words)}</p>
      {can.answer && (
        <span className={classes.actions}>
          {!applied && mayBelieve && (
            <Checkbox
              size="xs"
              checked={always}
              onChange={(event) => setAlways(event.target.checked)}
              label={t("handedOn.always", { by })}
            />
          )}
          <Button
            size="compact-xs"
            variant="default"
            loading={choose.isPending}
            onClick={() => choose.mutate(applied ? "forwarder" : "original")}
          >
            {t("handedOn.choose", { who: applied ? by : original })}
          </Button>
        </span>
      )}
    </section>
  );
}
