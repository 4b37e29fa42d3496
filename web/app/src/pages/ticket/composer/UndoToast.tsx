// "Reply sent", with the way back and a line that shows how long it is open.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./UndoToast.module.css";

export function UndoToast({ text, seconds, onUndo }: { text: string; seconds: number; onUndo: () => void }) {
  const { t } = useTranslation("composer");
  return (
    <div className={classes.toast}>
      <span>{text}</span>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {t("undo")}
      </Button>
      <i className={classes.left} style={{ animationDuration: `${seconds}s` }} aria-hidden="true" />
    </div>
  );
}
