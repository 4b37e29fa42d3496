// What was done, with the way back, in a message at the edge of the screen.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function UndoNote({ text, onUndo }: { text: string; onUndo: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" justify="space-between" wrap="nowrap">
      <span>{text}</span>
      <Button size="compact-sm" variant="light" flex="none" onClick={onUndo}>
        {t("common:undo")}
      </Button>
    </Group>
  );
}
