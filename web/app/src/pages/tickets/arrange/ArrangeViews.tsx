// Which views stand in the rail, and in which order; each member has their own.
import { ActionIcon, Button, Group, Modal } from "@mantine/core";
import { IconEye, IconEyeOff, IconPencil, IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import type { Page } from "@/api/types";
import { orderViews, type View, viewsQuery } from "@/api/views";
import { moved, SortableList, SortableRow } from "@/kit/sort/SortableList";
import { toastError } from "@/kit/toast";
import { openDialog } from "../dialogs";
import { useViewName, useViews, viewIcon } from "../views";
import classes from "./ArrangeViews.module.css";

export function ArrangeViews({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("views");
  const { views } = useViews();
  const viewName = useViewName();
  const arrange = useArranging();
  const toggle = (view: View) =>
    arrange(views.map((one) => (one.key === view.key ? { ...one, hidden: !one.hidden } : one)));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("arrange.title")}
      size={440}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={classes.lead}>{t("arrange.text")}</p>
      <SortableList
        label={t("arrange.title")}
        className={classes.list}
        items={views.map((view) => ({ id: view.key, name: viewName(view) }))}
        onMove={(from, to) => arrange(moved(views, from, to))}
      >
        {views.map((view) => {
          const Icon = viewIcon(view.key);
          const name = viewName(view);
          return (
            <SortableRow key={view.key} item={{ id: view.key, name }} className={classes.row}>
              <Icon size={17} stroke={1.6} aria-hidden="true" className={classes.icon} />
              <span className={classes.name} data-hidden={view.hidden || undefined}>
                {name}
              </span>
              {!view.is_default && view.may_edit && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("editNamed", { name })}
                  onClick={() => openDialog({ is: "edit", view })}
                >
                  <IconPencil size={16} stroke={1.7} />
                </ActionIcon>
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t(view.hidden ? "arrange.show" : "arrange.hide", { name })}
                title={t(view.hidden ? "arrange.show" : "arrange.hide", { name })}
                onClick={() => toggle(view)}
              >
                {view.hidden ? <IconEyeOff size={16} stroke={1.7} /> : <IconEye size={16} stroke={1.7} />}
              </ActionIcon>
            </SortableRow>
          );
        })}
      </SortableList>
      <Group mt="md" justify="space-between">
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={15} stroke={1.8} />}
          onClick={() => openDialog({ is: "new" })}
        >
          {t("new")}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t("common:close")}
        </Button>
      </Group>
    </Modal>
  );
}

/** Shown at once; where the server does not take it, as it was. */
function useArranging() {
  const queryClient = useQueryClient();
  const key = viewsQuery().queryKey;
  return useMutation({
    scope: { id: "arrange-views" },
    mutationFn: (views: View[]) =>
      orderViews(
        views.map((view) => view.key),
        views.filter((view) => view.hidden).map((view) => view.key),
      ),
    onMutate: async (views) => {
      await queryClient.cancelQueries({ queryKey: key });
      const before = queryClient.getQueryData<Page<View>>(key);
      queryClient.setQueryData<Page<View>>(key, (known) => known && { ...known, items: views });
      return before;
    },
    onError: (error, _, before) => {
      queryClient.setQueryData(key, before);
      toastError(error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("views") }),
  }).mutate;
}
