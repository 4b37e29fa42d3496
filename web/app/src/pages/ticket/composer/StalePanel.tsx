// Something was said since one last looked: just that, and the choice to send anyway or think again.
import { Button } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TicketDetail, TimelineItem } from "@/api/types";
import { CommentCard } from "../timeline/CommentCard";
import { EventLine } from "../timeline/EventLine";
import { MessageCard } from "../timeline/MessageCard";
import classes from "./StalePanel.module.css";

interface Props {
  ticket: TicketDetail;
  newer: TimelineItem[];
  sending: boolean;
  onSendAnyway: () => void;
  onContinue: () => void;
}

export function StalePanel({ ticket, newer, sending, onSendAnyway, onContinue }: Props) {
  const { t } = useTranslation("composer");
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <div ref={panel} className={classes.panel} role="alert" tabIndex={-1}>
      <p className={classes.title}>
        <IconAlertCircle size={17} stroke={1.8} aria-hidden="true" />
        {t("stale.title")}
      </p>
      <div className={classes.newer}>
        {newer.map((item) => (
          <div key={item.id}>
            {item.type === "message" && <MessageCard message={item} ticket={ticket} folded={false} />}
            {item.type === "comment" && <CommentCard comment={item} />}
            {item.type === "event" && <EventLine event={item} />}
          </div>
        ))}
      </div>
      <div className={classes.choice}>
        <Button size="xs" onClick={onContinue}>
          {t("stale.continue")}
        </Button>
        <Button size="xs" variant="default" loading={sending} onClick={onSendAnyway}>
          {t("stale.sendAnyway")}
        </Button>
      </div>
    </div>
  );
}
