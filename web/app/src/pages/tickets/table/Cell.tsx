// What one column says of a ticket.
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePerson } from "@/api/people";
import type { Ticket } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { PersonFace } from "@/kit/PersonFace";
import { PriorityIcon } from "@/kit/PriorityIcon";
import { valueText } from "@/kit/properties/values";
import { StatusBadge } from "@/kit/StatusBadge";
import { Time } from "@/kit/Time";
import { dateLocale } from "@/kit/time";
import { useColumns } from "../columns";
import { RowTags } from "../rows/RowTags";
import classes from "./Table.module.css";

export function Cell({ column, ticket }: { column: string; ticket: Ticket }) {
  switch (column) {
    case "number":
      return <span className={classes.number}>{ticket.number}</span>;
    case "subject":
      return <Subject ticket={ticket} />;
    case "contact":
      return <Text text={ticket.contact?.name || ticket.contact?.email} />;
    case "status":
      return <StatusBadge status={ticket.status} />;
    case "priority":
      return <PriorityText ticket={ticket} />;
    case "assignee":
      return <Assignee ticket={ticket} />;
    case "team":
      return <Text text={ticket.team?.name} />;
    case "channel":
      return <Channel ticket={ticket} />;
    case "pipeline":
      return <Text text={ticket.pipeline.name} />;
    case "tags":
      return <RowTags tags={ticket.tags} most={2} />;
    case "created_at":
    case "last_message_at":
    case "waiting_since":
      return <Moment at={ticket[column]} />;
    case "snoozed_until":
      return <Moment at={ticket.snoozed_until} clock />;
    default:
      return <Custom column={column} ticket={ticket} />;
  }
}

const Text = ({ text }: { text: string | null | undefined }) => (
  <span className={classes.text} title={text ?? undefined}>
    {text}
  </span>
);

function Subject({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  return (
    <>
      {ticket.unread && <span className="k-hidden">{t("unread")} </span>}
      <span className={classes.text}>{ticket.subject || t("noSubject")}</span>
      {ticket.has_failed_reply && (
        <span className={classes.failed}>
          <IconAlertTriangle size={13} stroke={1.9} aria-hidden="true" />
          {t("failedReply")}
        </span>
      )}
      <span className={classes.snippet}>{ticket.snippet}</span>
    </>
  );
}

function PriorityText({ ticket: { priority } }: { ticket: Ticket }) {
  const { t } = useTranslation();
  return (
    <span className={classes.with}>
      <PriorityIcon priority={priority} />
      <span className={classes.text} aria-hidden="true">
        {t(`common:priority.${priority}`)}
      </span>
    </span>
  );
}

function Assignee({ ticket: { assignee } }: { ticket: Ticket }) {
  if (!assignee) return null;
  return (
    <span className={classes.with}>
      <PersonFace person={assignee} size={20} tooltip={false} />
      <Text text={assignee.name} />
    </span>
  );
}

function Channel({ ticket: { channel } }: { ticket: Ticket }) {
  if (!channel) return null;
  return (
    <span className={classes.with}>
      <ChannelIcon kind={channel.kind} />
      <Text text={channel.name} />
    </span>
  );
}

function Moment({ at, clock = false }: { at: string | null; clock?: boolean }) {
  return at ? <Time at={at} as={clock ? "clock" : "short"} className={classes.time} /> : null;
}

function Custom({ column, ticket }: { column: string; ticket: Ticket }) {
  const { t, i18n } = useTranslation("properties");
  const property = useColumns().property(column);
  const value = property && ticket.custom[property.key];
  const person = usePerson(property?.type === "member" && value ? String(value) : null);
  if (!property) return null;
  return <Text text={person?.name ?? valueText(property, value, t, dateLocale(i18n.language))} />;
}
