// What the rules of every list have in common: the handle to drag it by, its number, name and words, whether it is on, and
// what can be done with it.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Menu, Switch, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDotsVertical,
  IconTrash,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { DragHandle } from "@/kit/sort/DragHandle";
import classes from "./RuleList.module.css";

interface MenuProps {
  name: string;
  number: number;
  last: boolean;
  disabled?: boolean;
  onMove: (by: 1 | -1) => void;
  onCopy: () => void;
  onDelete: () => void;
  /** Before the others. */
  first?: ReactNode;
  /** Before the last one, which deletes. */
  more?: ReactNode;
}

interface Props {
  id: string;
  number: number;
  name: string;
  active: boolean;
  /** How many faults it has, in words; "" without any. */
  wrong: string;
  words: ReactNode;
  onOpen: () => void;
  /** What it unfolds, when it does so in place. */
  unfolds?: { id: string; open: boolean };
  onSwitch: (active: boolean) => void;
  menu: ReactNode;
  /** At the end of the row. */
  end?: ReactNode;
  /** A link led here: it is brought into view. */
  shown?: boolean;
  disabled?: boolean;
  /** Below the row. */
  children: ReactNode;
}

export function RuleFrame(props: Props) {
  const { id, number, name, active, wrong, words, onOpen, unfolds, onSwitch, shown } = props;
  const { t } = useTranslation("routing");
  const sortable = useSortable({ id, disabled: props.disabled });
  const card = useShown(shown ?? false);
  return (
    <li
      ref={(element) => {
        sortable.setNodeRef(element);
        card.current = element;
      }}
      className={classes.card}
      data-dragging={sortable.isDragging || undefined}
      data-off={!active || undefined}
      data-wrong={wrong !== "" || undefined}
      data-shown={shown || undefined}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      <div className={classes.head}>
        <DragHandle row={sortable} name={name} />
        <span className={classes.number} aria-hidden="true">
          {number}
        </span>
        <UnstyledButton
          className={classes.what}
          onClick={onOpen}
          aria-expanded={unfolds?.open}
          aria-controls={unfolds?.open ? unfolds.id : undefined}
          aria-label={t(unfolds?.open ? "rules.fold" : "rules.edit", { name })}
        >
          <span className={classes.name}>
            {name}
            {!active && <span className={classes.off}>{t("rules.off")}</span>}
            {wrong && (
              <span className={classes.wrong}>
                <IconAlertTriangleFilled size={13} aria-hidden="true" />
                {wrong}
              </span>
            )}
          </span>
          {words}
        </UnstyledButton>
        <Switch
          checked={active}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
          aria-label={t("rules.active", { name })}
          size="sm"
        />
        {props.menu}
        {props.end}
      </div>
      {props.children}
    </li>
  );
}

export function RuleMenu({ name, number, last, disabled, onMove, onCopy, onDelete, first, more }: MenuProps) {
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
        {first}
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
        {more}
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
