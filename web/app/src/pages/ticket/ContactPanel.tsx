// The person behind the ticket: addresses, who else takes part, and other tickets.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { contactQuery } from "@/api/timeline";
import type { Contact, TicketDetail } from "@/api/types";
import { Face } from "@/kit/Face";
import { StatusDot } from "@/kit/StatusBadge";
import { Time } from "@/kit/Time";
import { ContactProperties } from "../contact/ContactProperties";
import { Handle, Part, TicketLine } from "../contact/PanelParts";
import classes from "./ContactPanel.module.css";
import { TicketProperties } from "./TicketProperties";
import { TicketTags } from "./tags/TicketTags";
import { Followers, LinkedTickets, MergedTickets, TimesInStatus } from "./work/PanelWork";

const PanelDrawer = lazy(() => import("./PanelDrawer").then((module) => ({ default: module.PanelDrawer })));

interface Props {
  slug: string;
  ticket: TicketDetail;
  as: "side" | "drawer";
  shown: boolean;
  onClose: () => void;
  onLink: () => void;
}

export function ContactPanel({ slug, ticket, as, shown, onClose, onLink }: Props) {
  const { t } = useTranslation("ticket");
  if (!shown) return null;
  if (as === "drawer")
    return (
      <Suspense>
        <PanelDrawer onClose={onClose}>
          <PanelBody slug={slug} ticket={ticket} onLink={onLink} />
        </PanelDrawer>
      </Suspense>
    );
  return (
    <aside className={classes.side} aria-label={t("panel.title")}>
      <PanelBody slug={slug} ticket={ticket} onLink={onLink} />
    </aside>
  );
}

function PanelBody({ slug, ticket, onLink }: Pick<Props, "slug" | "ticket" | "onLink">) {
  const { t } = useTranslation("ticket");
  const contact = useQuery({ ...contactQuery(ticket.contact?.id ?? ""), enabled: !!ticket.contact }).data;
  const others = contact?.tickets.filter((other) => other.id !== ticket.id) ?? [];
  const alsoHere = othersIn(ticket, contact);
  return (
    <div className={classes.body}>
      {ticket.contact ? (
        <Person slug={slug} ticket={ticket} contact={contact} />
      ) : (
        <p className={classes.dim}>{t("panel.nobody")}</p>
      )}
      {contact && <ContactProperties contact={contact} />}
      <TicketProperties slug={slug} ticket={ticket} />
      {!ticket.deleted_at && <TicketTags ticket={ticket} />}

      {alsoHere.length > 0 && (
        <Part title={t("panel.participants")}>
          {alsoHere.map((person) => (
            <li key={person.address} className={classes.participant}>
              <span className={classes.ellipsis}>{person.name || person.address}</span>
              {person.role === "new_person" && <span className={classes.tag}>{t("newPerson")}</span>}
              {person.name && <span className={classes.address}>{person.address}</span>}
            </li>
          ))}
        </Part>
      )}
      {ticket.also_in.length > 0 && (
        <Part title={t("panel.alsoIn")}>
          {ticket.also_in.map((other) => (
            <TicketLine
              key={other.ticket_id}
              slug={slug}
              number={other.number}
              subject={other.channel_name}
            />
          ))}
        </Part>
      )}
      <LinkedTickets slug={slug} ticket={ticket} onLink={ticket.deleted_at ? undefined : onLink} />
      <MergedTickets ticket={ticket} />
      {others.length > 0 && (
        <Part title={t("panel.otherTickets")}>
          {others.map((other) => (
            <TicketLine
              key={other.id}
              slug={slug}
              number={other.number}
              subject={other.subject || t("noSubject")}
              icon={<StatusDot status={other.status} />}
              at={other.created_at}
            />
          ))}
        </Part>
      )}
      <TimesInStatus ticket={ticket} />
      {!ticket.deleted_at && <Followers ticket={ticket} />}
      <Part title={t("panel.dates")}>
        <li className={classes.fact}>
          <span>{t("panel.created")}</span>
          <Time at={ticket.created_at} as="clock" />
        </li>
        {ticket.closed_at && (
          <li className={classes.fact}>
            <span>{t("panel.closed")}</span>
            <Time at={ticket.closed_at} as="clock" />
          </li>
        )}
      </Part>
    </div>
  );
}

/** Everybody but the contact, each once; whom another conversation is with is no new person to the ticket. */
function othersIn(ticket: TicketDetail, contact: Contact | undefined) {
  const people = ticket.conversations.flatMap((conversation) => conversation.participants);
  const own = new Set([ticket.contact?.email, ...(contact?.handles.map(({ address }) => address) ?? [])]);
  const rank = { contact: 0, cc: 1, new_person: 2 };
  const known = [...people].sort((a, b) => rank[a.role] - rank[b.role]);
  const main = ticket.conversations.length === 1 ? "contact" : null;
  return known.filter(
    (person, place) =>
      !own.has(person.address) &&
      person.role !== main &&
      known.findIndex(({ address }) => address === person.address) === place,
  );
}

interface PersonProps {
  slug: string;
  ticket: TicketDetail;
  contact: Contact | undefined;
}

function Person({ slug, ticket, contact }: PersonProps) {
  const name = ticket.contact?.name || ticket.contact?.email || "–";
  const addresses = contact?.handles.map((handle) => handle.address) ?? [ticket.contact?.email ?? ""];
  return (
    <section className={classes.person}>
      <Face name={name} size={40} />
      <h2 className={classes.name}>
        {ticket.contact ? (
          <Link to="/a/$slug/contacts/$contactId" params={{ slug, contactId: ticket.contact.id }}>
            {name}
          </Link>
        ) : (
          name
        )}
      </h2>
      {addresses.filter(Boolean).map((address) => (
        <Handle key={address} address={address} />
      ))}
    </section>
  );
}
