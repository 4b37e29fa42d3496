// The tags of a ticket by key, wherever the panel with them is.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TicketDetail } from "@/api/types";
import { TicketTags } from "../tags/TicketTags";

export function TagsDialog({ ticket, onClose }: { ticket: TicketDetail; onClose: () => void }) {
  const { t } = useTranslation("work");
  return (
    <Modal
      opened
      onClose={onClose}
      size={380}
      title={t("tags.title", { number: ticket.number })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <TicketTags ticket={ticket} adding />
    </Modal>
  );
}
