// A list put in order by dragging, or with the keyboard: Space picks up, arrows move, Space puts down.
import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DragHandle } from "./DragHandle";
import classes from "./SortableList.module.css";

interface Named {
  id: string;
  name: string;
}

interface Props {
  items: Named[];
  onMove: (from: number, to: number) => void;
  label: string;
  className?: string;
  children: ReactNode;
}

export function SortableList({ items, onMove, label, className, children }: Props) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const place = (id: string | number) => items.findIndex((item) => item.id === id);
  const words = (id: string | number, at: string | number = id) => ({
    name: items[place(id)]?.name ?? "",
    number: place(at) + 1,
    of: items.length,
  });
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("sort.picked", words(active.id)),
    onDragOver: ({ active, over }) => (over ? t("sort.over", words(active.id, over.id)) : undefined),
    onDragEnd: ({ active, over }) => t("sort.dropped", words(active.id, over?.id)),
    onDragCancel: ({ active }) => t("sort.cancelled", words(active.id)),
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onMove(place(active.id), place(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t("sort.help") } }}
    >
      <SortableContext items={items.map((item) => item.id)} strategy={verticalListSortingStrategy}>
        <ol className={[classes.list, className].filter(Boolean).join(" ")} aria-label={label}>
          {children}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

interface RowProps {
  item: Named;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}

export function SortableRow({ item, disabled, className, children }: RowProps) {
  const row = useSortable({ id: item.id, disabled });
  return (
    <li
      ref={row.setNodeRef}
      className={[classes.row, className].filter(Boolean).join(" ")}
      data-dragging={row.isDragging || undefined}
      style={{ transform: CSS.Translate.toString(row.transform), transition: row.transition }}
    >
      {!disabled && <DragHandle row={row} name={item.name} />}
      {children}
    </li>
  );
}

/** The list after one of it has gone from one place to another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}
