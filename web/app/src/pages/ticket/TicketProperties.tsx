// What the account asks about tickets, answered beside the conversation.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { useMay } from "@/api/roles";
import type { TicketDetail } from "@/api/types";
import { PropertyLines, useAsked } from "@/kit/properties/PropertyLines";
import classes from "./ContactPanel.module.css";
import { useChangeTicket } from "./useChangeTicket";

export function TicketProperties({ slug, ticket }: { slug: string; ticket: TicketDetail }) {
  const { t } = useTranslation("ticket");
  const { can } = useMe();
  const mayAdd = useMay("manage_desk");
  const asked = useAsked("ticket");
  const change = useChangeTicket(ticket, { quiet: true });
  if (asked.length === 0 && !mayAdd) return null;
  return (
    <section>
      <h3 className={classes.heading}>{t("panel.ticketProperties")}</h3>
      {asked.length === 0 ? (
        <Link to="/a/$slug/settings/properties" params={{ slug }} className={classes.add}>
          {t("panel.addProperties")}
        </Link>
      ) : (
        <PropertyLines
          object="ticket"
          values={ticket.custom}
          readOnly={!can.answer}
          onSave={(key, value) => change.mutateAsync({ custom: { [key]: value } })}
        />
      )}
    </section>
  );
}
