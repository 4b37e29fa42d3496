// One ticket on the board.
import { useDraggable } from "@dnd-kit/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { PersonFace } from "@/kit/PersonFace";
import { PriorityIcon } from "@/kit/PriorityIcon";
import { Time } from "@/kit/Time";
import { PickBox } from "../rows/PickBox";
import { RowTags } from "../rows/RowTags";
import type { Selecting } from "../selection/useSelection";
import classes from "./Board.module.css";

interface Props {
  slug: string;
  view: string;
  ticket: Ticket;
  index: number;
  top: number;
  /** How many there are in its lane; -1 where that is not known yet. */
  of: number;
  fresh: boolean;
  carried: boolean;
  chosen: boolean;
  onChoose?: Selecting["choose"];
}

export const Card = memo(function Card(props: Props) {
  const { slug, view, ticket, index, top, of, fresh, carried, chosen, onChoose } = props;
  const drag = useDraggable({ id: ticket.id, data: { ticket }, disabled: !onChoose });
  return (
    <li
      ref={drag.setNodeRef}
      className={classes.place}
      data-index={index}
      data-ticket={ticket.id}
      aria-setsize={of}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)` }}
      {...drag.listeners}
    >
      {onChoose && <PickBox ticket={ticket} chosen={chosen} onChoose={onChoose} />}
      <Link
        to="/a/$slug/tickets/$number"
        params={{ slug, number: String(ticket.number) }}
        search={(now) => ({ ...now, view })}
        draggable={false}
        className={classes.card}
        data-unread={ticket.unread || undefined}
        data-fresh={fresh || undefined}
        data-chosen={chosen || undefined}
        data-carried={carried || drag.isDragging || undefined}
      >
        <CardFace ticket={ticket} />
      </Link>
    </li>
  );
});

export function CardFace({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation("tickets");
  return (
    <>
      <span className={classes.line}>
        {ticket.channel && <ChannelIcon kind={ticket.channel.kind} />}
        <span className={classes.contact}>{ticket.contact?.name || ticket.contact?.email || "–"}</span>
        <span className={classes.number}>{ticket.number}</span>
      </span>
      <span className={classes.subject}>
        {ticket.unread && <span className="k-hidden">{t("unread")} </span>}
        {ticket.subject || t("noSubject")}
      </span>
      <span className={classes.line}>
        {ticket.priority !== "normal" && <PriorityIcon priority={ticket.priority} />}
        <RowTags tags={ticket.tags} most={1} />
        <Time at={ticket.last_message_at} className={classes.time} />
        {ticket.assignee && (
          <span title={ticket.assignee.name} className={classes.face}>
            <span className="k-hidden">{ticket.assignee.name}</span>
            <PersonFace person={ticket.assignee} size={20} tooltip={false} />
          </span>
        )}
      </span>
    </>
  );
}
