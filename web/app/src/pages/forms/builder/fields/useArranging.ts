// Dragging fields into their place, from the palette or within the form, by mouse, finger or keyboard. Nothing gives way
// while something is dragged; a line shows where it would land, since fields are as wide as they are on the page.
import {
  type Announcements,
  type CollisionDetection,
  closestCenter,
  type DndContextProps,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DraftField } from "../draft";

export interface Aim {
  /** The field that it would land beside; null: in an empty form. */
  id: string | null;
  side: "before" | "after";
}

interface Handlers {
  fields: DraftField[];
  /** What is dragged out of the palette, by its id there. */
  nameOf: (paletteId: string) => string | undefined;
  onMove: (id: string, before: string | null) => void;
  onAdd: (paletteId: string, before: string | null) => void;
}

export function useArranging({ fields, nameOf, onMove, onAdd }: Handlers) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLOListElement>(null);
  const aimed = useRef<Aim | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [aim, setAim] = useState<Aim | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const place = (id: string) => fields.findIndex((field) => field.id === id);

  const collide: CollisionDetection = (args) => {
    const active = String(args.active.id);
    const pointer = args.pointerCoordinates;
    if (pointer) aimed.current = aimAt(pointer, canvas.current, args.droppableRects);
    else {
      const over = String(closestCenter(args)[0]?.id ?? active);
      aimed.current = { id: over, side: place(over) > place(active) ? "after" : "before" };
    }
    const id = aimed.current?.id;
    return id ? [{ id }] : [];
  };
  const follow = () => setAim((now) => (same(now, aimed.current) ? now : aimed.current));
  const before = ({ id, side }: Aim): string | null => {
    if (id === null) return null;
    return side === "before" ? id : (fields[place(id) + 1]?.id ?? null);
  };
  const end = ({ active }: DragEndEvent) => {
    const id = String(active.id);
    const to = aimed.current;
    if (to && nameOf(id)) onAdd(id, before(to));
    else if (to && to.id !== id) onMove(id, before(to));
    rest();
  };
  const rest = () => {
    aimed.current = null;
    setDragged(null);
    setAim(null);
  };

  const words = (id: string) => {
    const to = aimed.current;
    const at = to?.id ? place(to.id) + (to.side === "after" ? 1 : 0) : 0;
    const from = place(id);
    return {
      name: nameOf(id) ?? fields[from]?.label ?? "",
      number: (from >= 0 && from < at ? at - 1 : at) + 1,
      of: fields.length + (from < 0 ? 1 : 0),
    };
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) =>
      t("sort.picked", { ...words(String(active.id)), number: place(String(active.id)) + 1 }),
    onDragOver: ({ active }) => t("sort.over", words(String(active.id))),
    onDragEnd: ({ active }) => t("sort.dropped", words(String(active.id))),
    onDragCancel: ({ active }) => t("sort.cancelled", words(String(active.id))),
  };
  const context: DndContextProps = {
    sensors,
    collisionDetection: collide,
    onDragStart: ({ active }) => setDragged(String(active.id)),
    onDragMove: follow,
    onDragOver: follow,
    onDragEnd: end,
    onDragCancel: rest,
    accessibility: { announcements, screenReaderInstructions: { draggable: t("sort.help") } },
  };
  return { context, canvas, dragged, aim: dragged ? aim : null };
}

const same = (one: Aim | null, other: Aim | null) => one?.id === other?.id && one?.side === other?.side;

interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The nearest field, and the side of it that the pointer is on: left or right where two stand beside each other. */
function aimAt(
  { x, y }: { x: number; y: number },
  canvas: HTMLElement | null,
  rects: ReadonlyMap<string | number, Rect>,
): Aim | null {
  const area = canvas?.getBoundingClientRect();
  if (
    !canvas ||
    !area ||
    x < area.left - 40 ||
    x > area.right + 40 ||
    y < area.top - 60 ||
    y > area.bottom + 60
  )
    return null;
  let nearest: { id: string; rect: Rect; away: number } | null = null;
  for (const [id, rect] of rects) {
    const aside = Math.max(rect.left - x, 0, x - rect.left - rect.width);
    const above = Math.max(rect.top - y, 0, y - rect.top - rect.height);
    const away = Math.hypot(aside, above);
    if (!nearest || away < nearest.away) nearest = { id: String(id), rect, away };
  }
  if (!nearest) return { id: null, side: "before" };
  const { id, rect } = nearest;
  const beside = rect.width < area.width * 0.75 && y > rect.top && y < rect.top + rect.height;
  const after = beside ? x > rect.left + rect.width / 2 : y > rect.top + rect.height / 2;
  return { id, side: after ? "after" : "before" };
}
