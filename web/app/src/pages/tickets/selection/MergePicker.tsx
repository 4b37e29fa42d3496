// Which ticket the chosen ones become part of: one of them, or another by its number.
import type { Icon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ticketQuery } from "@/api/tickets";
import type { Ticket } from "@/api/types";
import { ActionPicker, type Choice } from "./ActionPicker";
import { isChosen } from "./selection";
import { useSelecting } from "./useSelection";

interface Props {
  icon: Icon;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onPick: (into: string) => void;
}

const shownAtMost = 30;

export function MergePicker({ icon, opened, onOpened, onPick }: Props) {
  const { t } = useTranslation(["views", "tickets"]);
  const { selection, listed } = useSelecting();
  const [typed, setTyped] = useState("");
  const number = /^#?(\d+)$/.exec(typed.trim())?.[1];
  const other = useQuery({ ...ticketQuery(number ?? ""), enabled: opened && number !== undefined }).data;
  const chosen = opened ? listed.current.filter(({ id }) => isChosen(selection, id)) : [];
  const choice = (ticket: Pick<Ticket, "id" | "number" | "subject">): Choice => ({
    value: ticket.id,
    label: t("bulk.into", { number: ticket.number, subject: ticket.subject || t("tickets:noSubject") }),
  });
  const several = chosen.length > 1 ? chosen.slice(0, shownAtMost).map(choice) : [];
  return (
    <ActionPicker
      label={t("bulk.do.merge")}
      icon={icon}
      choices={several}
      opened={opened}
      onOpened={onOpened}
      onPick={onPick}
      onSearch={setTyped}
      make={() => (other && number ? choice(other) : null)}
    />
  );
}
