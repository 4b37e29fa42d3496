// What a contact wrote that is spam: kept aside, and one click away.
import { IconMailOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { spamOfContactQuery } from "@/api/spam";
import { Time } from "@/kit/Time";
import { Part } from "./PanelParts";
import classes from "./PanelParts.module.css";

export function SpamOf({ slug, contactId }: { slug: string; contactId: string }) {
  const { t } = useTranslation("contact");
  const spam = useQuery(spamOfContactQuery(contactId)).data?.items ?? [];
  if (spam.length === 0) return null;
  return (
    <Part title={t("spam")}>
      {spam.map((one) => (
        <li key={one.conversation_id}>
          <Link
            to="/a/$slug/spam"
            params={{ slug }}
            search={{ open: one.conversation_id }}
            className={classes.ticket}
          >
            <IconMailOff size={15} stroke={1.6} aria-hidden="true" />
            <span className={classes.ellipsis}>{one.subject || t("ticket:noSubject")}</span>
            <Time at={one.received_at} className={classes.when} />
          </Link>
        </li>
      ))}
    </Part>
  );
}
