// A thing that happened, as a thin line in words.
import { useTranslation } from "react-i18next";
import type { EventItem } from "@/api/types";
import { Time } from "@/kit/Time";
import classes from "./EventLine.module.css";
import { eventWords } from "./eventWords";

export function EventLine({ event }: { event: EventItem }) {
  const { t } = useTranslation("ticket");
  return (
    <div className={classes.line}>
      <i className={classes.dot} aria-hidden="true" />
      <span>{eventWords(event, t)}</span>
      <Time at={event.at} as="clock" />
    </div>
  );
}
