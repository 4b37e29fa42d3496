// Of a ticket with several conversations one can read all of them together, or one by itself.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TicketDetail } from "@/api/types";
import classes from "./OnlyOne.module.css";

const all = "";

export function useOnly(ticket: TicketDetail) {
  const [wanted, setWanted] = useState(all);
  const there = ticket.conversations.some(({ id }) => id === wanted);
  return { conversation: there ? wanted : null, choose: setWanted };
}

interface Props {
  ticket: TicketDetail;
  only: ReturnType<typeof useOnly>;
}

export function OnlyOne({ ticket, only }: Props) {
  const { t } = useTranslation("work");
  if (ticket.conversations.length < 2) return null;
  return (
    <div className={classes.line}>
      <SegmentedControl
        size="xs"
        aria-label={t("conversations.label")}
        value={only.conversation ?? all}
        onChange={only.choose}
        data={[
          { value: all, label: t("conversations.all") },
          ...ticket.conversations.map(({ id, channel, participants }) => {
            const whom = participants.find(({ role }) => role === "contact");
            const who = whom?.name || whom?.address || "";
            return { value: id, label: t("conversations.one", { who, channel: channel.name }) };
          }),
        ]}
      />
    </div>
  );
}
