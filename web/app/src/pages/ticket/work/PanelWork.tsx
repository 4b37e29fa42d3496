// Beside the conversation: linked tickets, what was merged, who follows, and how long it was in each status.
import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { timesQuery } from "@/api/ticketWork";
import type { TicketDetail } from "@/api/types";
import { StatusDot } from "@/kit/StatusBadge";
import { useStatusName } from "@/kit/status";
import { Part, TicketLine } from "../../contact/PanelParts";
import panel from "../ContactPanel.module.css";
import { duration } from "./duration";
import classes from "./PanelWork.module.css";
import { useWork } from "./useWork";

interface Props {
  slug: string;
  ticket: TicketDetail;
  onLink?: () => void;
}

export function LinkedTickets({ slug, ticket, onLink }: Props) {
  const { t } = useTranslation(["work", "ticket"]);
  const { can } = useMe();
  const work = useWork(ticket);
  const mayLink = can.answer && onLink;
  if (ticket.linked.length === 0 && !mayLink) return null;
  return (
    <Part title={t("ticket:panel.linked")}>
      {ticket.linked.map((other) => (
        <li key={other.id} className={classes.withButton}>
          <ul className={classes.one}>
            <TicketLine
              slug={slug}
              number={other.number}
              subject={other.subject || t("ticket:noSubject")}
              icon={<StatusDot status={other.status} />}
            />
          </ul>
          {can.answer && (
            <Tooltip label={t("link.remove", { number: other.number })}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t("link.remove", { number: other.number })}
                onClick={() => work.unlink(other)}
              >
                <IconX size={14} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
        </li>
      ))}
      {mayLink && (
        <li>
          <UnstyledButton className={classes.add} onClick={onLink}>
            <IconPlus size={13} stroke={2} aria-hidden="true" />
            {t("link.add")}
          </UnstyledButton>
        </li>
      )}
    </Part>
  );
}

export function MergedTickets({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation(["work", "ticket"]);
  const { can } = useMe();
  const work = useWork(ticket);
  if (ticket.merged.length === 0) return null;
  return (
    <Part title={t("merged")}>
      {ticket.merged.map((merge) => (
        <li key={merge.id} className={classes.withButton}>
          <span className={panel.ellipsis}>
            #{merge.ticket.number} {merge.ticket.subject || t("ticket:noSubject")}
          </span>
          {can.answer && (
            <Tooltip label={t("merge.undoOf", { number: merge.ticket.number })}>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t("merge.undoOf", { number: merge.ticket.number })}
                onClick={() => work.unmerge(merge.id, merge.ticket)}
              >
                <IconArrowBackUp size={15} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
        </li>
      ))}
    </Part>
  );
}

export function Followers({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation("work");
  const work = useWork(ticket);
  return (
    <Part title={t("followers")}>
      {ticket.followers.map((one) => (
        <li key={one.member_id} className={panel.participant}>
          {one.name}
        </li>
      ))}
      <li>
        <UnstyledButton className={classes.add} onClick={() => work.follow(!ticket.following)}>
          {t(ticket.following ? "unfollow" : "follow")}
        </UnstyledButton>
      </li>
    </Part>
  );
}

export function TimesInStatus({ ticket }: { ticket: TicketDetail }) {
  const { t, i18n } = useTranslation("work");
  const statusName = useStatusName();
  const times = useQuery(timesQuery(ticket.id)).data;
  if (!times || times.items.length === 0) return null;
  return (
    <Part title={t("times")}>
      {times.items.map(({ status, seconds, now }) => (
        <li key={status.id} className={panel.fact}>
          <span className={classes.status}>
            <StatusDot status={status} />
            {statusName(status)}
            {now && <span className="k-hidden"> ({t("now")})</span>}
          </span>
          {duration(seconds, i18n.language)}
        </li>
      ))}
    </Part>
  );
}
