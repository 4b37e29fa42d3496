// The bar over the chosen tickets: how many there are, and everything that can be done to all of them.
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArrowMerge,
  IconBan,
  IconBolt,
  IconCheck,
  IconClockHour4,
  IconDots,
  IconEye,
  IconFlag,
  IconMailOpened,
  IconProgress,
  IconRestore,
  IconTag,
  IconTrash,
  IconUser,
  IconX,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type View, viewCountsQuery } from "@/api/views";
import { countText } from "../views";
import { ActionPicker } from "./ActionPicker";
import classes from "./BulkActions.module.css";
import { MergePicker } from "./MergePicker";
import type { MenuName } from "./menus";
import { SnoozePicker } from "./SnoozePicker";
import { sizeOf } from "./selection";
import { TagsPicker } from "./TagsPicker";
import type { Bulk } from "./useBulk";
import { useAssignees, useMacros, usePriorities, useStatuses } from "./useChoices";
import { useSelecting } from "./useSelection";

interface Props {
  view: View;
  /** Only one pipeline is shown: how many of the view that are, nobody has counted. */
  narrowed: boolean;
  bulk: Bulk;
  menu: MenuName | null;
  onMenu: (menu: MenuName | null) => void;
}

export function BulkActions({ view, narrowed, bulk, menu, onMenu }: Props) {
  const { t } = useTranslation("views");
  const { selection } = useSelecting();
  const assignees = useAssignees();
  const statuses = useStatuses();
  const priorities = usePriorities();
  const macros = useMacros();
  const picker = (name: MenuName) => ({
    opened: menu === name,
    onOpened: (opened: boolean) => onMenu(opened ? name : null),
  });
  const { start } = bulk;
  const restores = view.key === "deleted";
  return (
    <section className={classes.bar} aria-label={t("bulk.label")}>
      <Size view={view} narrowed={narrowed} />
      <div className={classes.actions}>
        {restores ? (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconRestore size={16} stroke={1.7} aria-hidden="true" />}
            onClick={() => start({ restore: {} })}
          >
            {t("bulk.do.restore")}
          </Button>
        ) : (
          <>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconCheck size={16} stroke={1.7} aria-hidden="true" />}
              title="E"
              loading={bulk.starting}
              onClick={() => start({ status: { status: "closed" } })}
            >
              {t("bulk.do.close")}
            </Button>
            <ActionPicker
              label={t("bulk.do.assign")}
              icon={IconUser}
              choices={assignees.choices}
              onPick={(value) => start({ assign: assignees.read(value) })}
              {...picker("assign")}
            />
            <ActionPicker
              label={t("bulk.do.status")}
              icon={IconProgress}
              choices={statuses}
              onPick={(status) => start({ status: { status } })}
              {...picker("status")}
            />
            <ActionPicker
              label={t("bulk.do.priority")}
              icon={IconFlag}
              choices={priorities.choices}
              onPick={(value) => start({ priority: priorities.read(value) })}
              {...picker("priority")}
            />
            <TagsPicker icon={IconTag} onPick={(tags) => start({ tags })} {...picker("tags")} />
            <SnoozePicker
              icon={IconClockHour4}
              snoozed={view.key === "snoozed"}
              onPick={(until) => start(until ? { snooze: { until } } : { wake: {} })}
              {...picker("snooze")}
            />
            {!selection.all && (
              <MergePicker
                icon={IconArrowMerge}
                onPick={(into) => start({ merge: { into } })}
                {...picker("merge")}
              />
            )}
            {macros.length > 0 && (
              <ActionPicker
                label={t("bulk.do.macro")}
                icon={IconBolt}
                choices={macros}
                onPick={(macro) => start({ macro: { macro } })}
                {...picker("macro")}
              />
            )}
            <Menu
              position="bottom-end"
              withinPortal
              opened={menu === "more"}
              onChange={picker("more").onOpened}
            >
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("common:more")}>
                  <IconDots size={17} stroke={1.8} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown aria-label={t("common:more")}>
                <Menu.Item
                  leftSection={<IconMailOpened size={16} stroke={1.7} />}
                  onClick={() => start({ read: {} })}
                >
                  {t("bulk.do.read")}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconEye size={16} stroke={1.7} />}
                  onClick={() => start({ follow: {} })}
                >
                  {t("bulk.do.follow")}
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item
                  leftSection={<IconBan size={16} stroke={1.7} />}
                  onClick={() => start({ spam: {} })}
                >
                  {t("bulk.do.spam")}
                </Menu.Item>
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={16} stroke={1.7} />}
                  onClick={() => start({ delete: {} })}
                >
                  {t("bulk.do.delete")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </div>
    </section>
  );
}

function Size({ view, narrowed }: { view: View; narrowed: boolean }) {
  const { t, i18n } = useTranslation("views");
  const { selection, clear, chooseAll } = useSelecting();
  const counted = useQuery(viewCountsQuery()).data?.[view.key];
  const total = narrowed ? null : countText(counted, i18n.language);
  const size = sizeOf(selection, counted?.n ?? 0);
  const number = new Intl.NumberFormat(i18n.language).format(size);
  const capped = selection.all && counted?.capped ? "+" : "";
  const offersAll = !selection.all && (total === null || (counted?.n ?? 0) > size);
  return (
    <div className={classes.size}>
      <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("bulk.none")} onClick={clear}>
        <IconX size={15} stroke={1.8} />
      </ActionIcon>
      <span role="status">
        {selection.all && total === null
          ? t("bulk.allChosen")
          : t("bulk.chosen", { count: size, number: number + capped })}
      </span>
      {offersAll && (
        <Button size="compact-xs" variant="subtle" onClick={chooseAll}>
          {total === null ? t("bulk.chooseAll") : t("bulk.chooseAllOf", { number: total })}
        </Button>
      )}
    </div>
  );
}
