// Who the contact is: addresses, owner, what the account notes about them, and their tickets.
import { useTranslation } from "react-i18next";
import type { Contact } from "@/api/types";
import { StatusDot } from "@/kit/StatusBadge";
import { Time } from "@/kit/Time";
import classes from "./ContactPage.module.css";
import { ContactProperties } from "./ContactProperties";
import { Handle, Part, TicketLine } from "./PanelParts";
import { SpamOf } from "./SpamOf";

export function ContactSide({ slug, contact }: { slug: string; contact: Contact }) {
  const { t } = useTranslation("contact");
  return (
    <aside className={classes.side} aria-label={t("about")}>
      {contact.handles.length > 0 && (
        <Part title={t("addresses")}>
          {contact.handles.map((handle) => (
            <li key={handle.id}>
              <Handle address={handle.address} />
            </li>
          ))}
        </Part>
      )}
      <ContactProperties contact={contact} />
      {contact.tickets.length > 0 && (
        <Part title={t("tickets")}>
          {contact.tickets.map((ticket) => (
            <TicketLine
              key={ticket.id}
              slug={slug}
              number={ticket.number}
              subject={ticket.subject || t("ticket:noSubject")}
              icon={<StatusDot status={ticket.status} />}
              at={ticket.created_at}
            />
          ))}
        </Part>
      )}
      <SpamOf slug={slug} contactId={contact.id} />
      <p className={classes.since}>
        {t("since")} <Time at={contact.created_at} as="clock" />
      </p>
    </aside>
  );
}
