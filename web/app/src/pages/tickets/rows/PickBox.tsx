// The box by which a row is chosen for what is done to many; with Shift up to this one.
import { type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import type { Selecting } from "../selection/useSelection";
import classes from "./PickBox.module.css";

interface Props {
  ticket: Ticket;
  chosen: boolean;
  onChoose: Selecting["choose"];
}

export const PickBox = memo(function PickBox({ ticket, chosen, onChoose }: Props) {
  const { t } = useTranslation("tickets");
  return (
    <label className={classes.pick} data-chosen={chosen || undefined}>
      <input
        type="checkbox"
        tabIndex={-1}
        checked={chosen}
        aria-label={t("choose", { number: ticket.number })}
        onClick={(event: MouseEvent) => onChoose(ticket, event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  );
});
