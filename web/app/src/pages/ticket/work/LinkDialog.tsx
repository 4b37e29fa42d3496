// Linking a ticket to another one, which then names it too.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TicketDetail } from "@/api/types";
import { useOthers } from "./MergeDialog";
import { TicketFinder } from "./TicketFinder";
import type { Work } from "./useWork";

interface Props {
  ticket: TicketDetail;
  work: Work;
  onClose: () => void;
}

export function LinkDialog({ ticket, work, onClose }: Props) {
  const { t } = useTranslation("work");
  const linked = new Set(ticket.linked.map(({ id }) => id));
  const suggested = useOthers(ticket).filter(({ id }) => !linked.has(id));
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t("link.title", { number: ticket.number })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <TicketFinder
        label={t("link.which")}
        suggested={suggested}
        not={ticket.id}
        onPick={(other) => {
          onClose();
          work.link(other);
        }}
      />
    </Modal>
  );
}
