// The contact panel where there is no room beside the conversation.
import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export function PanelDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation("ticket");
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={330}
      title={t("panel.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {children}
    </Drawer>
  );
}
