// One ticket in the list: a single line where there is room, three short ones beside an open ticket or on a phone.
import { IconAlertTriangle, IconCornerUpLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { PersonFace } from "@/kit/PersonFace";
import { PriorityIcon } from "@/kit/PriorityIcon";
import { StatusBadge, StatusDot } from "@/kit/StatusBadge";
import { useStatusName } from "@/kit/status";
import { Time } from "@/kit/Time";
import { RowTags } from "./RowTags";
import classes from "./TicketRow.module.css";

interface Props {
  slug: string;
  view: string;
  ticket: Ticket;
  wide: boolean;
  open: boolean;
  fresh: boolean;
  chosen: boolean;
}

export const TicketRow = memo(function TicketRow(props: Props) {
  const { slug, view, ticket, wide, open, fresh, chosen } = props;
  return (
    <Link
      to="/a/$slug/tickets/$number"
      params={{ slug, number: String(ticket.number) }}
      search={(now) => ({ ...now, view })}
      className={wide ? classes.wide : classes.narrow}
      data-unread={ticket.unread || undefined}
      data-open={open || undefined}
      data-fresh={fresh || undefined}
      data-chosen={chosen || undefined}
      aria-current={open ? "true" : undefined}
    >
      {wide ? <WideRow ticket={ticket} /> : <NarrowRow ticket={ticket} />}
    </Link>
  );
});

function WideRow({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <UnreadMark unread={ticket.unread} />
      <PriorityIcon priority={ticket.priority} />
      <span className={classes.number}>{ticket.number}</span>
      <span className={classes.contact}>{contactName(ticket)}</span>
      <span className={classes.what}>
        <Channel ticket={ticket} />
        <Subject ticket={ticket} />
        <RowTags tags={ticket.tags} most={3} />
        <span className={classes.snippet}>{ticket.snippet}</span>
        <Failed ticket={ticket} />
      </span>
      <span className={classes.team}>{ticket.team?.name}</span>
      <span className={classes.status}>
        <StatusBadge status={ticket.status} />
      </span>
      <Assignee ticket={ticket} />
      {ticket.last_message_at && <Time at={ticket.last_message_at} className={classes.time} />}
    </>
  );
}

function NarrowRow({ ticket }: { ticket: Ticket }) {
  const statusName = useStatusName();
  return (
    <>
      <span className={classes.line}>
        <StatusDot status={ticket.status} />
        <span className="k-hidden">{statusName(ticket.status)}</span>
        <span className={classes.contact}>{contactName(ticket)}</span>
        <UnreadMark unread={ticket.unread} />
        {ticket.last_message_at && <Time at={ticket.last_message_at} className={classes.time} />}
      </span>
      <span className={classes.line}>
        <Subject ticket={ticket} />
        <Failed ticket={ticket} />
        {ticket.priority !== "normal" && <PriorityIcon priority={ticket.priority} />}
      </span>
      <span className={classes.line}>
        <Channel ticket={ticket} />
        <span className={classes.snippet}>{ticket.snippet || ticket.team?.name}</span>
        <RowTags tags={ticket.tags} most={1} />
        <span className={classes.number}>{ticket.number}</span>
        <Assignee ticket={ticket} />
      </span>
    </>
  );
}

function Subject({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  return <span className={classes.subject}>{ticket.subject || t("noSubject")}</span>;
}

function UnreadMark({ unread }: { unread: boolean }) {
  const { t } = useTranslation("tickets");
  return <span className={classes.unread}>{unread && <span className="k-hidden">{t("unread")}</span>}</span>;
}

function Channel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  if (!ticket.channel) return null;
  const answered = ticket.last_direction === "out";
  return (
    <span
      className={classes.channel}
      title={answered ? t("answeredBy", { channel: ticket.channel.name }) : ticket.channel.name}
    >
      {answered ? <IconCornerUpLeft size={14} stroke={1.7} /> : <ChannelIcon kind={ticket.channel.kind} />}
      <span className="k-hidden">{ticket.channel.name}</span>
    </span>
  );
}

function Failed({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  if (!ticket.has_failed_reply) return null;
  return (
    <span className={classes.failed}>
      <IconAlertTriangle size={13} stroke={1.9} aria-hidden="true" />
      {t("failedReply")}
    </span>
  );
}

function Assignee({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  if (!ticket.assignee) return <span className={classes.nobody} role="img" aria-label={t("common:nobody")} />;
  return (
    <span className={classes.assignee} title={ticket.assignee.name}>
      <span className="k-hidden">{ticket.assignee.name}</span>
      <PersonFace person={ticket.assignee} size={20} tooltip={false} />
    </span>
  );
}

const contactName = (ticket: Ticket) => ticket.contact?.name || ticket.contact?.email || "–";
