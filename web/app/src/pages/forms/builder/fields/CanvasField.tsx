// One field on the canvas: roughly as visitors see it, with what it sets and when it is shown, and its tools.
import { useSortable } from "@dnd-kit/sortable";
import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconEyeOff,
  IconGitBranch,
  IconGripVertical,
  IconTag,
  IconTrash,
} from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBuilding } from "../context";
import type { DraftField } from "../draft";
import { problemWords } from "../problemWords";
import classes from "./Canvas.module.css";
import { cardId, type FieldActions } from "./fieldActions";
import { Likeness } from "./Likeness";
import { useWhenWords } from "./useWhenWords";

interface Props {
  field: DraftField;
  first: boolean;
  last: boolean;
  dragged: boolean;
  /** Something dragged would land on this side of it. */
  side?: "before" | "after";
  onOpen: () => void;
  actions: FieldActions;
}

export function CanvasField({ field, first, last, dragged, side, onOpen, actions }: Props) {
  const { t } = useTranslation("forms");
  const { selected, problems } = useBuilding();
  const sortable = useSortable({ id: field.id });
  const wrong = problems.of(field.id);
  const name = field.label || t("canvas.unnamed");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      actions.nudge(field, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Delete") {
      event.preventDefault();
      actions.remove(field);
    }
  };
  return (
    <li
      ref={sortable.setNodeRef}
      className={classes.card}
      data-half={field.width === "half" || undefined}
      data-selected={selected === field.id || undefined}
      data-hidden={field.hidden || undefined}
      data-wrong={wrong.length > 0 || undefined}
      data-dragged={dragged || undefined}
      data-side={side}
    >
      <button
        type="button"
        id={cardId(field.id)}
        className={classes.cover}
        aria-label={t("canvas.open", { name, type: t(`type.${field.type}`) })}
        aria-current={selected === field.id || undefined}
        aria-describedby={wrong.length > 0 ? `${cardId(field.id)}-wrong` : undefined}
        onClick={onOpen}
        onKeyDown={onKeyDown}
      />
      <ActionIcon
        ref={sortable.setActivatorNodeRef}
        className={classes.handle}
        variant="subtle"
        color="gray"
        size={26}
        {...sortable.attributes}
        {...sortable.listeners}
        aria-label={t("common:sort.handle", { name })}
      >
        <IconGripVertical size={16} stroke={1.7} />
      </ActionIcon>
      <Likeness field={field} />
      <Marks field={field} />
      {wrong.length > 0 && (
        <p id={`${cardId(field.id)}-wrong`} className={classes.fault}>
          {[...new Set(wrong.map((problem) => problemWords(problem.message, t)))].join(" ")}
        </p>
      )}
      <div className={classes.tools}>
        <Tool label={t("canvas.up", { name })} disabled={first} onClick={() => actions.nudge(field, -1)}>
          <IconArrowUp size={15} stroke={1.8} />
        </Tool>
        <Tool label={t("canvas.down", { name })} disabled={last} onClick={() => actions.nudge(field, 1)}>
          <IconArrowDown size={15} stroke={1.8} />
        </Tool>
        <Tool label={t("canvas.duplicate", { name })} onClick={() => actions.duplicate(field)}>
          <IconCopy size={15} stroke={1.7} />
        </Tool>
        <Tool label={t("canvas.remove", { name })} onClick={() => actions.remove(field)}>
          <IconTrash size={15} stroke={1.7} />
        </Tool>
      </div>
    </li>
  );
}

interface ToolProps {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, disabled, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Marks({ field }: { field: DraftField }) {
  const { t } = useTranslation("forms");
  const { settables } = useBuilding();
  const when = useWhenWords(field);
  const property = settables.find((each) => each.path === field.property);
  if (!field.hidden && !field.property && !when) return null;
  return (
    <div className={classes.marks}>
      {field.hidden && (
        <span>
          <IconEyeOff size={13} stroke={1.7} aria-hidden="true" />
          {t("canvas.hidden")}
        </span>
      )}
      {field.property && (
        <span>
          <IconTag size={13} stroke={1.7} aria-hidden="true" />
          {property ? t(`canvas.sets.${property.object}`, { name: property.label }) : field.property}
        </span>
      )}
      {when && (
        <span>
          <IconGitBranch size={13} stroke={1.7} aria-hidden="true" />
          {when}
        </span>
      )}
    </div>
  );
}
