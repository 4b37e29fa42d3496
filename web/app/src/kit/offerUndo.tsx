// Says what was done, with the way back, in a note at the edge of the screen.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { hideNote, showNote } from "./notes";
import { closable } from "./toast";
import { keepUndo } from "./undoing";

interface Options {
  /** One note with this id at a time. */
  id?: string;
  /** Milliseconds. */
  lasts?: number;
}

export function offerUndo(text: string, undo: () => void, { id, lasts = 8000 }: Options = {}): void {
  const back = () => {
    hideNote(shown);
    forget();
    undo();
  };
  const forget = keepUndo(back);
  const shown = showNote({
    id,
    withBorder: true,
    autoClose: lasts,
    ...closable(),
    onClose: forget,
    message: <Offer text={text} onUndo={back} />,
  });
}

function Offer({ text, onUndo }: { text: string; onUndo: () => void }) {
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
