// One rule in the list: what it is called, when, if and what, whether it is on, what is wrong with it, when it last ran.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Menu, Switch, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDotsVertical,
  IconGripVertical,
  IconHistory,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Automation } from "@/api/automations";
import { dateLocale, messageTime } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import rows from "../rules/RuleList.module.css";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { conditionWords } from "../words";
import classes from "./TicketAutomation.module.css";
import { whyWords } from "./whyWords";
import { actionsWords } from "./words";

interface Props {
  rule: Automation;
  number: number;
  last: boolean;
  names: Names;
  catalogue: Catalogue;
  onEdit: () => void;
  onSwitch: (active: boolean) => void;
  onMove: (by: 1 | -1) => void;
  onCopy: () => void;
  onLog: () => void;
  onDelete: () => void;
}

export function RuleRow(props: Props) {
  const { rule, number, names, catalogue, onEdit, onSwitch } = props;
  const { t } = useTranslation("automation");
  const sortable = useSortable({ id: rule.id });
  const { name } = rule;
  const wrong = rule.problems.length;
  return (
    <li
      ref={sortable.setNodeRef}
      className={rows.card}
      data-dragging={sortable.isDragging || undefined}
      data-off={!rule.active || undefined}
      data-wrong={wrong > 0 || undefined}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      <div className={rows.head}>
        <ActionIcon
          ref={sortable.setActivatorNodeRef}
          className={rows.handle}
          variant="subtle"
          color="gray"
          {...sortable.attributes}
          {...sortable.listeners}
          aria-label={t("rules.drag", { name })}
        >
          <IconGripVertical size={16} stroke={1.7} />
        </ActionIcon>
        <span className={rows.number} aria-hidden="true">
          {number}
        </span>
        <UnstyledButton className={rows.what} onClick={onEdit} aria-label={t("rules.edit", { name })}>
          <span className={rows.name}>
            {name}
            {!rule.active && <span className={rows.off}>{t("rules.off")}</span>}
            {wrong > 0 && (
              <span className={rows.wrong}>
                <IconAlertTriangleFilled size={13} aria-hidden="true" />
                {t("rules.problems", { count: wrong })}
              </span>
            )}
          </span>
          <span className={rows.words}>
            <span>
              <b>{t("rules.when")}</b> {t(`trigger.${rule.trigger}`)}
            </span>
            {Object.keys(rule.condition).length > 0 && (
              <span>
                <b>{t("rules.if")}</b> {conditionWords(rule.condition, names, t)}
              </span>
            )}
            <span>
              <b>{t("rules.then")}</b> {actionsWords(rule.actions, names, catalogue, t)}
            </span>
          </span>
          <LastRun rule={rule} />
        </UnstyledButton>
        <Switch
          checked={rule.active}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
          aria-label={t("rules.active", { name })}
          size="sm"
        />
        <Actions {...props} />
      </div>
      {wrong > 0 && (
        <ul className={classes.problems}>
          {rule.problems.map(({ field, message }) => (
            <li key={field}>{whyWords(message, t)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

const ranKeys = { done: "ran", failed: "ranFailed", stopped: "ranStopped", not_met: "ran" } as const;

function LastRun({ rule }: { rule: Automation }) {
  const { t, i18n } = useTranslation("automation");
  const now = useNow();
  const last = rule.last_run;
  return (
    <span className={classes.ran} data-bad={(last && last.outcome !== "done") || undefined}>
      {last
        ? t(`rules.${ranKeys[last.outcome]}`, { at: messageTime(last.at, now, dateLocale(i18n.language)) })
        : t("rules.neverRan")}
    </span>
  );
}

function Actions({ rule, number, last, onEdit, onMove, onCopy, onLog, onDelete }: Props) {
  const { t } = useTranslation("automation");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("rules.more", { name: rule.name })}
          bg="transparent"
        >
          <IconDotsVertical size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} stroke={1.7} />} onClick={onEdit}>
          {t("rules.change")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowUp size={15} stroke={1.7} />}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        >
          {t("rules.up")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={15} stroke={1.7} />}
          disabled={last}
          onClick={() => onMove(1)}
        >
          {t("rules.down")}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} stroke={1.7} />} onClick={onCopy}>
          {t("rules.duplicate")}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory size={15} stroke={1.7} />} onClick={onLog}>
          {t("rules.logOf")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={15} stroke={1.7} />} onClick={onDelete}>
          {t("rules.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
