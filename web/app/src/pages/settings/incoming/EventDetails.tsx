// What the door knew of a delivery.
import { useTranslation } from "react-i18next";
import type { RawEvent } from "@/api/types";
import { isMail, recipients } from "./fates";
import classes from "./IncomingPage.module.css";

export function EventDetails({ event }: { event: RawEvent }) {
  const { t } = useTranslation("settings");
  const { envelope } = event;
  const mail: [string, string | null][] = [
    ["to", recipients(event).join(", ")],
    ["client", envelope.client],
    ["helo", envelope.helo],
    ["tls", envelope.tls ? String(envelope.tls) : t("incoming.fact.noTls")],
  ];
  const facts: [string, string | null][] = [
    ...(isMail(event) ? mail : []),
    ["id", event.external_id],
    ["event", event.id],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`incoming.fact.${name}`)}</dt>
          <dd>{value || "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
