// Until when a ticket is put aside: an offer by its number, or a time of one's own.
import { Modal, UnstyledButton } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TicketDetail } from "@/api/types";
import { dateLocale, messageTime } from "@/kit/time";
import { type Later, offers } from "../composer/later";
import { OwnTime } from "../composer/SendLater";
import classes from "./SnoozeDialog.module.css";
import type { Work } from "./useWork";

interface Props {
  ticket: TicketDetail;
  work: Work;
  onClose: () => void;
}

const hour = 3_600_000;

export function SnoozeDialog({ ticket, work, onClose }: Props) {
  const { t, i18n } = useTranslation("work");
  const now = new Date();
  const words = (at: string) => messageTime(at, now, dateLocale(i18n.language));
  const snooze = (until: string) => {
    onClose();
    work.snooze(until, t("done.snoozed", { until: words(until) }));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={360}
      title={t("snooze.title", { number: ticket.number })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={classes.hint}>{t("snooze.hint")}</p>
      <ul className={classes.offers}>
        {untils(now).map(({ name, at }, place) => (
          <li key={name}>
            <UnstyledButton
              className={classes.offer}
              onClick={() => snooze(at.toISOString())}
              data-autofocus={place === 0 || undefined}
            >
              <IconClock size={16} stroke={1.7} aria-hidden="true" />
              <span className={classes.name}>{t(`snooze.${name}`)}</span>
              <span className={classes.when}>{words(at.toISOString())}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <OwnTime label={t("snooze.own")} first={new Date(now.getTime() + 24 * hour)} onChosen={snooze} />
    </Modal>
  );
}

type Until = "threeHours" | Exclude<Later, "hour">;

/** In the reader's own zone. */
export function untils(now: Date): { name: Until; at: Date }[] {
  const others = offers(now).flatMap(({ name, at }) => (name === "hour" ? [] : [{ name, at }]));
  return [{ name: "threeHours", at: new Date(now.getTime() + 3 * hour) }, ...others];
}
