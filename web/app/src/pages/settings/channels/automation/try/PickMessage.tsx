// Picks a message that opened one of the channel's latest tickets.
import { Select } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "@/api/http";
import { ticketsQuery } from "@/api/tickets";
import type { Timeline } from "@/api/types";
import { toastError } from "@/kit/toast";
import classes from "./TryPanel.module.css";

interface Props {
  channelId: string;
  onPick: (messageId: string) => void;
}

export function PickMessage({ channelId, onPick }: Props) {
  const { t } = useTranslation("routing");
  const [ticket, setTicket] = useState<string | null>(null);
  const recent = useInfiniteQuery(ticketsQuery({ channel: channelId }));
  const tickets = recent.data?.pages.flatMap((page) => page.items) ?? [];
  const open = useMutation({
    mutationFn: firstMessage,
    onSuccess: (message) => message && onPick(message),
    onError: toastError,
  });
  if (recent.data && tickets.length === 0) return <p className={classes.wait}>{t("preview.noRecent")}</p>;
  return (
    <Select
      label={t("preview.pick")}
      placeholder={t("preview.pickPlaceholder")}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t("common:noMatch")}
      maxDropdownHeight={320}
      data={tickets.map((one) => ({
        value: one.id,
        label: `#${one.number} ${one.subject || t("ticket:noSubject")}`,
      }))}
      value={ticket}
      disabled={recent.isPending}
      onChange={(picked) => {
        if (!picked) return;
        setTicket(picked);
        open.mutate(picked);
      }}
    />
  );
}

/** The message that made the ticket: the oldest one from outside. */
async function firstMessage(ticketId: string): Promise<string | undefined> {
  const { items } = await get<Timeline>(`/tickets/${ticketId}/timeline`);
  return items
    .filter((item) => item.type === "message" && item.direction === "in")
    .reduce<(typeof items)[number] | undefined>(
      (first, item) => (first && first.at <= item.at ? first : item),
      undefined,
    )?.id;
}
