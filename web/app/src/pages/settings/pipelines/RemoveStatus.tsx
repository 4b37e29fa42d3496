// Taking away a status that has tickets: where they go.
import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Draft, DraftStatus } from "./draft";

interface Props {
  draft: Draft;
  status: DraftStatus;
  opened: boolean;
  onClose: () => void;
  onRemove: (to: string) => void;
}

export function RemoveStatus({ draft, status, opened, onClose, onRemove }: Props) {
  const { t } = useTranslation("pipelines");
  const [to, setTo] = useState<string | null>(null);
  const others = draft.statuses.filter((one) => one.id !== status.id && one.name.trim());
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("remove.title", { name: status.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <Stack gap="sm">
        <Text fz="sm">{t("remove.text", { count: status.tickets })}</Text>
        <Select
          label={t("remove.target")}
          placeholder={t("remove.choose")}
          data-autofocus
          data={others.map((one) => ({ value: one.id, label: one.name }))}
          value={to}
          onChange={setTo}
        />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button
            color="red"
            disabled={!to}
            onClick={() => {
              if (to) onRemove(to);
              onClose();
            }}
          >
            {t("remove.action")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
