// How the line and the server are: silent while all is well, a thin line when they are not, and what waits for them.
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { health } from "@/api/health";
import { useLive } from "@/live/LiveProvider";
import { useWaiting } from "@/live/outbox/useOutbox";
import classes from "./ConnectionNote.module.css";

/** A short break is nobody's business. */
const patience = 2500;

export function ConnectionNote() {
  const { t } = useTranslation("shell");
  const { state } = useLive();
  const answers = useSyncExternalStore(health.watch, health.read);
  const waiting = useWaiting().filter(
    (order) => order.state !== "refused" && (order.state === "waiting" || order.unsure),
  );
  const refused = useWaiting().filter((order) => order.state === "refused");
  const trouble = state === "live" || state === "connecting" ? answers : state;
  const well = trouble === "well";
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (well) return setShown(false);
    const timer = setTimeout(() => setShown(true), trouble === "slow" ? 0 : patience);
    return () => clearTimeout(timer);
  }, [well, trouble]);
  const words = [
    shown && !well && t(`connection.${trouble}`),
    waiting.length > 0 && t("connection.waiting", { count: waiting.length }),
    refused.length > 0 &&
      t("connection.refused", {
        count: refused.length,
        where: [...new Set(refused.map(({ ticket }) => `#${ticket.number}`))].join(", "),
      }),
  ].filter(Boolean);
  return (
    <div role="status" data-live={state}>
      {words.length > 0 && (
        <div className={classes.note} data-state={trouble}>
          <IconPlugConnectedX size={15} stroke={1.7} aria-hidden="true" />
          {words.join(" ")}
        </div>
      )}
    </div>
  );
}
