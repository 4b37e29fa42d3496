// One more question before something that would hurt if it was not meant.
import { Button, Group, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BulkAction } from "@/api/bulk";

interface Props {
  action: BulkAction;
  /** null: all of the view, however many that is. */
  count: number | null;
  onYes: () => void;
  onNo: () => void;
}

export function AskFirst({ action, count, onYes, onNo }: Props) {
  const { t, i18n } = useTranslation("views");
  const name = Object.keys(action)[0] ?? "";
  const number = count === null ? null : new Intl.NumberFormat(i18n.language).format(count);
  return (
    <Modal
      opened
      onClose={onNo}
      title={number === null ? t("bulk.ask.all") : t("bulk.ask.many", { count: count ?? 0, number })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p style={{ margin: "0 0 18px" }}>{t(`bulk.ask.${name}`, { defaultValue: t("bulk.ask.other") })}</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onNo}>
          {t("common:cancel")}
        </Button>
        <Button data-autofocus color={name === "delete" ? "red.9" : undefined} onClick={onYes}>
          {t(`bulk.do.${name}`)}
        </Button>
      </Group>
    </Modal>
  );
}
