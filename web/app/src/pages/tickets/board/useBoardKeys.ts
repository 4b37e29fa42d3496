// The board without a pointer: arrows walk from card to card, Space picks one up, arrows carry it to another status,
// Space puts it down there. What happens is said aloud.
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import { useKeys } from "@/kit/keys";
import { useSelecting } from "../selection/useSelection";
import { type Lane, laneBeside } from "./lanes";

export interface Carried {
  ticket: Ticket;
  lane: Lane;
}

/** A lane as it stands, and how to bring the focus to one of its cards. */
export interface Column {
  tickets: Ticket[];
  focus: (index: number) => void;
}

interface Options {
  lanes: readonly Lane[];
  columns: RefObject<Map<string, Column>>;
  nameOf: (lane: Lane) => string;
  say: (text: string) => void;
  moveTo: (ticket: Ticket, lane: Lane) => void;
  mayMove: boolean;
  openNumber: string | null;
  open: (ticket: Ticket) => void;
}

interface Place {
  lane: Lane;
  index: number;
  ticket: Ticket;
}

/** The lane that it came into has drawn it by then. */
const settles = 120;

export function useBoardKeys(options: Options) {
  const { lanes, columns, nameOf, say, moveTo, mayMove, openNumber, open } = options;
  const { t } = useTranslation("views");
  const { choose, clear, none } = useSelecting();
  const [carried, setCarried] = useState<Carried | null>(null);
  const last = useRef<string | null>(null);

  const ticketsOf = (lane: Lane) => columns.current.get(lane.id)?.tickets ?? [];
  const focus = (lane: Lane, index: number) => {
    const { length } = ticketsOf(lane);
    if (length > 0) columns.current.get(lane.id)?.focus(Math.min(length - 1, Math.max(0, index)));
  };
  const find = (id: string | null): Place | null => {
    for (const lane of lanes) {
      const index = ticketsOf(lane).findIndex((one) => one.id === id);
      const ticket = ticketsOf(lane)[index];
      if (ticket) return { lane, index, ticket };
    }
    return null;
  };
  const aimed = () => {
    const card = document.activeElement?.closest<HTMLElement>("[data-ticket]");
    return find(card?.dataset.ticket ?? null);
  };
  const step = (by: number) => {
    const here = openNumber === null ? aimed() : byNumber();
    if (!here) return begin();
    const next = ticketsOf(here.lane)[here.index + by];
    if (!next) return;
    if (openNumber !== null) return open(next);
    focus(here.lane, here.index + by);
  };
  const byNumber = () => {
    const all = lanes.flatMap(ticketsOf);
    return find(all.find(({ number }) => String(number) === openNumber)?.id ?? null);
  };
  const begin = () => {
    const first = lanes.find((lane) => ticketsOf(lane).length > 0);
    if (first) focus(first, 0);
  };
  const aside = (by: number) => {
    const here = aimed();
    if (!here) return begin();
    const at = lanes.indexOf(here.lane);
    const order = by > 0 ? lanes.slice(at + 1) : lanes.slice(0, at).reverse();
    const lane = order.find((one) => ticketsOf(one).length > 0);
    if (lane) focus(lane, here.index);
  };

  const pickUp = () => {
    const here = aimed();
    if (!here || !mayMove) return;
    setCarried({ ticket: here.ticket, lane: here.lane });
    say(t("board.picked", { number: here.ticket.number, status: nameOf(here.lane) }));
  };
  const carry = (by: number) => {
    const lane = carried && laneBeside(lanes, carried.lane.id, by);
    if (!carried || !lane) return;
    setCarried({ ...carried, lane });
    say(t("board.over", { status: nameOf(lane) }));
  };
  const putDown = () => {
    if (!carried) return;
    setCarried(null);
    moveTo(carried.ticket, carried.lane);
    refocus(carried.ticket.id);
  };
  const leave = () => {
    if (!carried) return;
    setCarried(null);
    say(t("board.left", { number: carried.ticket.number }));
  };
  const push = (by: number) => {
    const here = aimed();
    const lane = here && laneBeside(lanes, here.lane.id, by);
    if (!here || !lane || !mayMove || lane === here.lane) return;
    moveTo(here.ticket, lane);
    refocus(here.ticket.id);
  };
  const refocus = (id: string) =>
    setTimeout(() => {
      const there = find(id);
      if (there) focus(there.lane, there.index);
    }, settles);

  // Back from a ticket, the focus is on its card again.
  useEffect(() => {
    const was = last.current;
    last.current = openNumber;
    if (openNumber !== null || was === null) return;
    const all = lanes.flatMap((lane) => columns.current.get(lane.id)?.tickets ?? []);
    const ticket = all.find(({ number }) => String(number) === was);
    for (const lane of lanes) {
      const column = columns.current.get(lane.id);
      const index = column?.tickets.findIndex(({ id }) => id === ticket?.id) ?? -1;
      if (index >= 0) column?.focus(index);
    }
  }, [openNumber, lanes, columns]);

  const chooseAimed = (stretch: boolean) => {
    const here = aimed();
    if (here) choose(here.ticket, stretch);
  };
  useKeys("list", [
    {
      id: "down",
      keys: "j",
      label: t("tickets:key.down"),
      run: () => step(1),
      unlisted: true,
      repeats: true,
    },
    { id: "up", keys: "k", label: t("tickets:key.up"), run: () => step(-1), unlisted: true, repeats: true },
    { id: "open", keys: "Enter", label: t("tickets:key.open"), unlisted: true },
    { id: "carry", keys: "space", label: t("board.key.carry"), unlisted: true },
    { id: "push", keys: "shift+ArrowRight", label: t("board.key.right"), unlisted: true },
    { id: "pull", keys: "shift+ArrowLeft", label: t("board.key.left"), unlisted: true },
    {
      id: "choose",
      keys: "x",
      label: t("tickets:key.choose"),
      run: () => chooseAimed(false),
      unlisted: true,
    },
  ]);
  useKeys("selection", [
    {
      id: "chooseNone",
      keys: "Escape",
      label: t("tickets:key.chooseNone"),
      run: clear,
      enabled: !none && !carried,
    },
  ]);

  const onKeyDown = (event: KeyboardEvent) => {
    const act = carried ? whileCarrying[event.key] : (event.shiftKey ? pushing : walking)[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const walking: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    ArrowRight: () => aside(1),
    ArrowLeft: () => aside(-1),
    " ": pickUp,
  };
  const pushing: Record<string, () => void> = { ArrowRight: () => push(1), ArrowLeft: () => push(-1) };
  const whileCarrying: Record<string, () => void> = {
    ArrowRight: () => carry(1),
    ArrowLeft: () => carry(-1),
    ArrowUp: () => undefined,
    ArrowDown: () => undefined,
    " ": putDown,
    Enter: putDown,
    Escape: leave,
  };
  return { carried, onKeyDown };
}
