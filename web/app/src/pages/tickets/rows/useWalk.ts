// Walking through a list by key: J and K go down and up; where a ticket is open, they open the next or the one before.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import { useKeys } from "@/kit/keys";
import { useSelecting } from "../selection/useSelection";
import type { useRows } from "./useRows";

interface Options {
  slug: string;
  view: string;
  tickets: Ticket[];
  openNumber: string | null;
  rows: Pick<ReturnType<typeof useRows>, "focusRow" | "focusedIndex">;
}

export function useWalk({ slug, view, tickets, openNumber, rows }: Options): void {
  const { t } = useTranslation("tickets");
  const navigate = useNavigate();
  const { choose, chooseThese, clear, none } = useSelecting();
  const openIndex = tickets.findIndex(({ number }) => String(number) === openNumber);

  const step = (by: number) => {
    const from = openNumber === null ? (rows.focusedIndex() ?? -1) : openIndex;
    const to = Math.min(tickets.length - 1, Math.max(0, from + by));
    const ticket = tickets[to];
    if (!ticket || (openNumber !== null && to === openIndex)) return;
    rows.focusRow(to);
    if (openNumber === null) return;
    const number = String(ticket.number);
    navigate({
      to: "/a/$slug/tickets/$number",
      params: { slug, number },
      search: (now) => ({ ...now, view }),
    });
  };
  const aimed = () => tickets[rows.focusedIndex() ?? openIndex];
  const chooseAimed = (stretch: boolean) => {
    const ticket = aimed();
    if (ticket) choose(ticket, stretch);
  };
  const stretchTo = (by: number) => {
    const at = rows.focusedIndex() ?? openIndex;
    const next = tickets[at + by];
    const here = tickets[at];
    if (!next || !here) return;
    chooseThese([here, next]);
    rows.focusRow(at + by);
  };
  // Back from a ticket, the focus is on its row again.
  const { focusRow } = rows;
  const wasOpen = useRef<string | null>(openNumber);
  useEffect(() => {
    const was = wasOpen.current;
    wasOpen.current = openNumber;
    if (openNumber === null && was !== null)
      focusRow(tickets.findIndex(({ number }) => String(number) === was));
  }, [openNumber, tickets, focusRow]);

  const plain = { unlisted: true, repeats: true };
  useKeys("list", [
    { id: "down", keys: "j", label: t("key.down"), run: () => step(1), ...plain },
    { id: "up", keys: "k", label: t("key.up"), run: () => step(-1), ...plain },
    { id: "open", keys: "Enter", label: t("key.open"), unlisted: true },
    { id: "choose", keys: "x", label: t("key.choose"), run: () => chooseAimed(false), unlisted: true },
    {
      id: "chooseTo",
      keys: "shift+x",
      label: t("key.chooseTo"),
      run: () => chooseAimed(true),
      unlisted: true,
    },
    {
      id: "chooseDown",
      keys: ["shift+j", "shift+ArrowDown"],
      label: t("key.chooseDown"),
      run: () => stretchTo(1),
      ...plain,
    },
    {
      id: "chooseUp",
      keys: ["shift+k", "shift+ArrowUp"],
      label: t("key.chooseUp"),
      run: () => stretchTo(-1),
      ...plain,
    },
    { id: "chooseAll", keys: "mod+a", label: t("key.chooseAll"), run: () => chooseThese(tickets) },
  ]);
  useKeys("selection", [
    { id: "chooseNone", keys: "Escape", label: t("key.chooseNone"), run: clear, enabled: !none },
  ]);
}
