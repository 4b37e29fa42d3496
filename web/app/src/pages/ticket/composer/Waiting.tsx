// What was sent here and has not left: it waits for the line, or was refused and a person decides.
import { Button } from "@mantine/core";
import { IconAlertTriangle, IconClockPause } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { draftQuery } from "@/api/timeline";
import { faultWords } from "@/kit/faultWords";
import type { Order } from "@/live/outbox/outbox";
import { useOutbox, useWaiting } from "@/live/outbox/useOutbox";
import classes from "./Waiting.module.css";

export function Waiting({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation("composer");
  // What is just being sent is nobody's worry.
  const orders = useWaiting(ticketId).filter(({ state, unsure }) => state !== "sending" || unsure);
  return (
    <ul className={classes.orders} aria-label={t("outbox.title")} aria-live="polite">
      {orders.map((order) => (
        <WaitingOrder key={order.key} order={order} />
      ))}
    </ul>
  );
}

function WaitingOrder({ order }: { order: Order }) {
  const { t } = useTranslation("composer");
  const { outbox, run } = useOutbox();
  const queryClient = useQueryClient();
  const refused = order.state === "refused";
  const Icon = refused ? IconAlertTriangle : IconClockPause;

  const again = () => {
    const { version } = order.why ?? {};
    const body = version === undefined ? order.body : { ...order.body, seen_version: version };
    outbox.set(order.key, { body, state: "waiting", why: null, at: new Date().toISOString() });
    run();
  };
  const edit = () => {
    outbox.take(order.key);
    queryClient.setQueryData(draftQuery(order.ticket.id).queryKey, order.draft);
  };
  return (
    <li className={classes.order} data-state={order.state}>
      <Icon size={16} stroke={1.7} className={classes.icon} aria-hidden="true" />
      <span className={classes.words}>
        <span className={classes.state}>{refused ? t("outbox.refused") : t("outbox.waiting")}</span>{" "}
        {refused && <WhyRefused order={order} />}
        <span className={classes.text}>{textOf(order.draft.html)}</span>
      </span>
      <span className={classes.choice}>
        {refused && (
          <Button size="compact-xs" variant="default" onClick={again}>
            {t(order.why?.kind === "stale-reply" ? "stale.sendAnyway" : "outbox.again")}
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={edit}>
          {t("outbox.edit")}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => outbox.take(order.key)}>
          {t("outbox.drop")}
        </Button>
      </span>
    </li>
  );
}

function WhyRefused({ order: { why } }: { order: Order }) {
  const { t } = useTranslation("composer");
  if (why?.kind === "stale-reply") return <span>{t("outbox.stale")} </span>;
  if (why?.kind === "too-old") return <span>{t("outbox.tooOld")} </span>;
  return why?.words ? <span>{faultWords(why.words, t)} </span> : null;
}

function textOf(html: string): string {
  return new DOMParser()
    .parseFromString(html.replaceAll("</p>", " </p>"), "text/html")
    .body.textContent.trim();
}
