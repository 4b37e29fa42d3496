// The columns of the table as this member wants them.
import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "@/api/views";
import { ColumnsField } from "./ColumnsField";

interface Props {
  view: View;
  onChoose: (look: { columns: string[] }) => void;
  onClose: () => void;
}

export function ColumnsDialog({ view, onChoose, onClose }: Props) {
  const { t } = useTranslation("views");
  const [columns, setColumns] = useState(view.columns);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("columns.title")}
      size={460}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <ColumnsField value={columns} onChange={setColumns} />
      <Group mt="lg" gap="sm" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button
          onClick={() => {
            onChoose({ columns });
            onClose();
          }}
        >
          {t("columns.show")}
        </Button>
      </Group>
    </Modal>
  );
}
