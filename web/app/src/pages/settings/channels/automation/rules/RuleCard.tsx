// One rule: a sentence while it is folded, its condition, skills and targets when it is open.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Menu, Switch, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCopy,
  IconDotsVertical,
  IconGripVertical,
  IconTrash,
} from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Rule } from "@/api/routing";
import type { Faults } from "../faults";
import type { Names } from "../useNames";
import { Warnings } from "../Warnings";
import { conditionWords, ruleName, skillWords, targetWords } from "../words";
import { RuleFields } from "./RuleFields";
import classes from "./RuleList.module.css";

interface Props {
  rule: Rule;
  number: number;
  last: boolean;
  open: boolean;
  /** A link led here: it is brought into view. */
  shown: boolean;
  onFold: () => void;
  onChange: (rule: Rule) => void;
  onMove: (by: 1 | -1) => void;
  onCopy: () => void;
  onDelete: () => void;
  names: Names;
  faults: Faults;
  warnings: string[];
  added: boolean;
  disabled: boolean;
}

export function RuleCard(props: Props) {
  const { rule, number, open, shown, onFold, onChange, names, faults, warnings, disabled } = props;
  const { t } = useTranslation("routing");
  const sortable = useSortable({ id: rule.id, disabled });
  const name = ruleName(rule, number, t);
  const wrong = faults.under(`rules.${rule.id}`).length;
  const body = `rule-${rule.id}`;
  const card = useShown(shown);
  return (
    <li
      ref={(element) => {
        sortable.setNodeRef(element);
        card.current = element;
      }}
      className={classes.card}
      data-dragging={sortable.isDragging || undefined}
      data-off={!rule.active || undefined}
      data-wrong={wrong > 0 || undefined}
      data-shown={shown || undefined}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      <div className={classes.head}>
        <ActionIcon
          ref={sortable.setActivatorNodeRef}
          className={classes.handle}
          variant="subtle"
          color="gray"
          {...sortable.attributes}
          {...sortable.listeners}
          aria-label={t("rules.drag", { name })}
        >
          <IconGripVertical size={16} stroke={1.7} />
        </ActionIcon>
        <span className={classes.number} aria-hidden="true">
          {number}
        </span>
        <UnstyledButton
          className={classes.what}
          onClick={onFold}
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          aria-label={t(open ? "rules.fold" : "rules.edit", { name })}
        >
          <span className={classes.name}>
            {name}
            {!rule.active && <span className={classes.off}>{t("rules.off")}</span>}
            {wrong > 0 && (
              <span className={classes.wrong}>
                <IconAlertTriangleFilled size={13} aria-hidden="true" />
                {t("rules.faults", { count: wrong })}
              </span>
            )}
          </span>
          {!open && <Words rule={rule} names={names} />}
        </UnstyledButton>
        <Switch
          checked={rule.active}
          onChange={(event) => onChange({ ...rule, active: event.currentTarget.checked })}
          aria-label={t("rules.active", { name })}
          size="sm"
        />
        <Actions {...props} name={name} />
        <IconChevronDown size={16} stroke={1.7} className={classes.chevron} data-open={open || undefined} />
      </div>
      {warnings.length > 0 && (
        <div className={classes.warnings}>
          <Warnings lines={warnings} />
        </div>
      )}
      {open && (
        <div id={body} className={classes.body}>
          <RuleFields
            rule={rule}
            number={number}
            onChange={onChange}
            names={names}
            faults={faults}
            added={props.added}
          />
        </div>
      )}
    </li>
  );
}

function Words({ rule, names }: { rule: Rule; names: Names }) {
  const { t } = useTranslation("routing");
  return (
    <span className={classes.words}>
      <span>
        <b>{t("rules.when")}</b> {conditionWords(rule.when, names, t)}
      </span>
      {rule.require_skills.length > 0 && (
        <span>
          <b>{t("rules.requires")}</b> {skillWords(rule.require_skills, names)}
        </span>
      )}
      <span>
        <b>{t("rules.sends")}</b> {rule.to ? targetWords(rule.to, names, t) || "…" : t("rules.sameAsChannel")}
      </span>
    </span>
  );
}

function Actions({ name, number, last, onMove, onCopy, onDelete, disabled }: Props & { name: string }) {
  const { t } = useTranslation("routing");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("rules.more", { name })}
          disabled={disabled}
          bg="transparent"
        >
          <IconDotsVertical size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
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
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={15} stroke={1.7} />} onClick={onDelete}>
          {t("rules.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useShown(shown: boolean) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (shown) card.current?.scrollIntoView({ block: "center" });
  }, [shown]);
  return card;
}
