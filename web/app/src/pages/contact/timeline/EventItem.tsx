// One thing that happened: a form filled in, a ticket opened or closed, something said, or that we came to know them.
import {
  IconArrowDownLeft,
  IconArrowUpRight,
  IconForms,
  IconTicket,
  IconTicketOff,
  IconUserPlus,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import type {
  ContactEvent,
  ContactMessage,
  ContactSubmission,
  ContactTicketEvent,
} from "@/api/contactTimeline";
import { useMay } from "@/api/roles";
import { clockTime, dateLocale, fullTime } from "@/kit/time";
import { Answers } from "../../forms/submissions/drawer/Answers";
import { FateWords } from "../../forms/submissions/FateWords";
import classes from "./Timeline.module.css";

interface Props<T> {
  slug: string;
  event: T;
}

export function EventItem({ slug, event }: Props<ContactEvent>) {
  switch (event.kind) {
    case "submission":
      return <Submitted slug={slug} event={event} />;
    case "ticket":
      return <OfTicket slug={slug} event={event} />;
    case "message":
      return <Said slug={slug} event={event} />;
    default:
      return <Made at={event.at} />;
  }
}

function Submitted({ slug, event }: Props<ContactSubmission>) {
  const { t } = useTranslation("contact");
  const { submission } = event;
  const mayForms = useMay("manage_forms");
  const form = mayForms ? (
    <Link
      to="/a/$slug/forms/$formId/submissions"
      params={{ slug, formId: submission.form.id }}
      search={{ open: submission.id, ...(submission.caught && { state: "caught" as const }) }}
    >
      {submission.form.name}
    </Link>
  ) : (
    <b>{submission.form.name}</b>
  );
  return (
    <Item icon={IconForms} at={event.at} tone="form">
      <p className={classes.what}>
        <Trans t={t} i18nKey="timeline.submitted" components={{ form }} />
      </p>
      <div className={classes.card}>
        <Answers submission={submission} given side downloads={mayForms} />
        <div className={classes.fate}>
          <FateWords slug={slug} submission={submission} />
        </div>
      </div>
    </Item>
  );
}

function OfTicket({ slug, event }: Props<ContactTicketEvent>) {
  const { t } = useTranslation("contact");
  return (
    <Item icon={event.what === "closed" ? IconTicketOff : IconTicket} at={event.at} tone={event.what}>
      <p className={classes.what}>
        <Trans
          t={t}
          i18nKey={`timeline.${event.what}`}
          components={{ ticket: <TicketLink slug={slug} ticket={event.ticket} /> }}
        />
        {event.channel?.name && <span className={classes.channel}>{event.channel.name}</span>}
      </p>
    </Item>
  );
}

function Said({ slug, event }: Props<ContactMessage>) {
  const { t } = useTranslation("contact");
  const { direction, automatic, ticket } = event;
  const by = automatic && direction === "out" ? t("timeline.us") : event.by;
  return (
    <Item icon={direction === "in" ? IconArrowDownLeft : IconArrowUpRight} at={event.at} tone={direction}>
      <p className={classes.what}>
        <b>{by}</b> <span className={classes.dim}>{t(`timeline.wrote.${direction}`)}</span>
        {automatic && <span className={classes.mark}>{t("timeline.automatic")}</span>}
        <span className={classes.channel}>{event.channel.name}</span>
      </p>
      <p className={classes.snippet}>{event.snippet || t("timeline.noText")}</p>
      {ticket && (
        <p className={classes.under}>
          <TicketLink slug={slug} ticket={ticket} />
        </p>
      )}
    </Item>
  );
}

function Made({ at }: { at: string }) {
  const { t } = useTranslation("contact");
  return (
    <Item icon={IconUserPlus} at={at} tone="made">
      <p className={classes.what}>{t("timeline.made")}</p>
    </Item>
  );
}

function TicketLink({ slug, ticket }: { slug: string; ticket: ContactTicketEvent["ticket"] }) {
  const { t } = useTranslation("ticket");
  return (
    <Link to="/a/$slug/tickets/$number" params={{ slug, number: String(ticket.number) }}>
      #{ticket.number} {ticket.subject || t("noSubject")}
    </Link>
  );
}

interface ItemProps {
  icon: typeof IconForms;
  tone: string;
  at: string;
  children: ReactNode;
}

function Item({ icon: Icon, tone, at, children }: ItemProps) {
  const { i18n } = useTranslation();
  const locale = dateLocale(i18n.language);
  return (
    <li className={classes.item}>
      <span className={classes.icon} data-tone={tone}>
        <Icon size={16} stroke={1.7} aria-hidden="true" />
      </span>
      <div className={classes.text}>{children}</div>
      <time dateTime={at} title={fullTime(at, locale)} className={classes.at}>
        {clockTime(at, locale)}
      </time>
    </li>
  );
}
