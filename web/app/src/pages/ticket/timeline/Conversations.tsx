// A ticket with several conversations: which of them is shown.
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TicketDetail } from "@/api/types";
import classes from "./Timeline.module.css";

interface Props {
  ticket: TicketDetail;
  value: string | null;
  onChange: (value: string | null) => void;
}

const all = "all";

export function Conversations({ ticket, value, onChange }: Props) {
  const { t } = useTranslation("ticket");
  const choices = ticket.conversations.map(({ id, channel, participants }) => {
    const who = participants.find(({ role }) => role === "contact") ?? participants[0];
    return { value: id, label: [who?.name || who?.address, channel.name].filter(Boolean).join(" · ") };
  });
  return (
    <div className={classes.conversations}>
      <SegmentedControl
        size="xs"
        aria-label={t("conversations.title")}
        value={value ?? all}
        onChange={(chosen) => onChange(chosen === all ? null : chosen)}
        data={[{ value: all, label: t("conversations.all") }, ...choices]}
      />
    </div>
  );
}
