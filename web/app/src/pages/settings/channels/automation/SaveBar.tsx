// Says that something is unsaved, saves it or throws it away, and asks before one leaves without either.
import { Button, Group, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/kit/keys";
import { FaultAlert } from "../../ui/FaultAlert";
import classes from "./SaveBar.module.css";

interface Props {
  dirty: boolean;
  saving: boolean;
  /** How many fields the server refused. */
  wrong: number;
  /** What it said that belongs to no field. */
  fault: string | null;
  onSave: () => void;
  onDiscard: () => void;
}

export function SaveBar({ dirty, saving, wrong, fault, onSave, onDiscard }: Props) {
  const { t } = useTranslation("routing");
  useKeys("page", [{ id: "save", keys: "mod+s", label: t("bar.save"), run: () => dirty && onSave() }]);
  return (
    <>
      <Guard dirty={dirty} />
      {(dirty || fault) && (
        <section className={classes.bar} aria-label={t("bar.unsaved")}>
          <FaultAlert text={fault} />
          <Group gap="sm" wrap="nowrap">
            <span className={classes.text} data-wrong={wrong > 0 || undefined} role="status">
              {wrong > 0 ? t("bar.wrong", { count: wrong }) : t("bar.unsaved")}
            </span>
            <Button variant="default" onClick={onDiscard} disabled={saving}>
              {t("bar.discard")}
            </Button>
            <Button onClick={onSave} loading={saving}>
              {t("bar.save")}
            </Button>
          </Group>
        </section>
      )}
    </>
  );
}

function Guard({ dirty }: { dirty: boolean }) {
  const { t } = useTranslation("routing");
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("leave.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={classes.ask}>{t("leave.text")}</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="red" onClick={() => blocker.proceed?.()}>
          {t("leave.leave")}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t("leave.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
