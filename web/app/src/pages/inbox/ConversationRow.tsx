// One conversation in the list of its inbox.
import { Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconTicket } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InboxConversation } from "@/api/inboxes";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { PersonFace } from "@/kit/PersonFace";
import { Time } from "@/kit/Time";
import classes from "./Inbox.module.css";

interface Props {
  slug: string;
  conversation: InboxConversation;
  current: boolean;
}

export function ConversationRow({ slug, conversation, current }: Props) {
  const { t } = useTranslation("inbox");
  const { contact, assignee, ticket } = conversation;
  return (
    <Link
      to="/a/$slug/inbox/$inboxId/$conversationId"
      params={{ slug, inboxId: conversation.inbox_id, conversationId: conversation.id }}
      search={(kept) => kept}
      className={classes.row}
      data-unread={conversation.unread || undefined}
      aria-current={current || undefined}
    >
      <span className={classes.line}>
        {conversation.unread && <span className={classes.dot} role="img" aria-label={t("unread")} />}
        <span className={classes.who}>{contact?.name || contact?.email || t("someone")}</span>
        <Time at={conversation.last_message_at} className={classes.time} />
      </span>
      <span className={classes.subject}>{conversation.subject || t("noSubject")}</span>
      <span className={classes.line}>
        <span className={classes.snippet}>{conversation.snippet}</span>
        {conversation.has_failed_reply && (
          <Tooltip label={t("failed")}>
            <IconAlertTriangle size={14} className={classes.bad} aria-label={t("failed")} />
          </Tooltip>
        )}
        {ticket && (
          <Tooltip label={t("ticket", { number: ticket.number })}>
            <IconTicket size={14} stroke={1.6} aria-label={t("ticket", { number: ticket.number })} />
          </Tooltip>
        )}
        <ChannelIcon kind={conversation.channel.kind} size={13} />
        {assignee && (
          <PersonFace person={{ id: assignee.member_id, name: assignee.name }} size={18} spoken={false} />
        )}
      </span>
    </Link>
  );
}
