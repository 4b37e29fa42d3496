// What a ticket that is not simply open says above its conversation: put aside, deleted, without a conversation.
import { Button } from "@mantine/core";
import { IconClock, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { TicketDetail } from "@/api/types";
import { dateLocale, messageTime } from "@/kit/time";
import classes from "./Standing.module.css";
import type { Work } from "./useWork";

interface Props {
  slug: string;
  ticket: TicketDetail;
  work: Work;
}

export function Standing({ slug, ticket, work }: Props) {
  const { t, i18n } = useTranslation("work");
  const { can } = useMe();
  const when = (at: string) => messageTime(at, new Date(), dateLocale(i18n.language));
  if (ticket.deleted_at)
    return (
      <div className={classes.line} data-tone="bad" role="status">
        <IconTrash size={17} stroke={1.6} aria-hidden="true" />
        <span className={classes.words}>
          {t("standing.deleted", { until: when(ticket.restore_until ?? ticket.deleted_at) })}
        </span>
        {can.answer && (
          <Button size="compact-sm" variant="light" color="red" onClick={() => work.restore()}>
            {t("restore")}
          </Button>
        )}
      </div>
    );
  if (ticket.snoozed_until)
    return (
      <div className={classes.line} role="status">
        <IconClock size={17} stroke={1.6} aria-hidden="true" />
        <span className={classes.words}>{t("standing.snoozed", { until: when(ticket.snoozed_until) })}</span>
        {can.answer && (
          <Button size="compact-sm" variant="light" onClick={() => work.wake()}>
            {t("wake")}
          </Button>
        )}
      </div>
    );
  if (ticket.source === "workflow" && ticket.conversations.length === 0)
    return (
      <div className={classes.line} role="status">
        <span className={classes.words}>
          {ticket.channel
            ? t("standing.elsewhere", { channel: ticket.channel.name })
            : t("standing.elsewhereUnknown")}
        </span>
        {can.manage_channels && (
          <Link to="/a/$slug/settings/channels" params={{ slug }}>
            {t("standing.connect")}
          </Link>
        )}
      </div>
    );
  return null;
}
