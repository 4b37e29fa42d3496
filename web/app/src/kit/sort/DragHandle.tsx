// By what a row of a list is dragged, or picked up with the keyboard.
import type { useSortable } from "@dnd-kit/sortable";
import { ActionIcon } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./SortableList.module.css";

export function DragHandle({ row, name }: { row: ReturnType<typeof useSortable>; name: string }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      ref={row.setActivatorNodeRef}
      className={classes.handle}
      variant="subtle"
      color="gray"
      {...row.attributes}
      {...row.listeners}
      aria-label={t("sort.handle", { name })}
    >
      <IconGripVertical size={16} stroke={1.7} />
    </ActionIcon>
  );
}
