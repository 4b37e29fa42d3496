// The rows themselves: only those in sight are rendered; J, K and Enter walk through them.
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import { useKeys } from "@/kit/keys";
import classes from "./Rows.module.css";
import { TicketRow } from "./TicketRow";
import { useFreshRows } from "./useFreshRows";
import { useSteadyScroll } from "./useSteadyScroll";
import type { ViewName } from "./views";

interface Props {
  slug: string;
  view: ViewName;
  tickets: Ticket[];
  openNumber: string | null;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
  onFind: () => void;
}

const wideFrom = 760;
const wideRow = 44;
const narrowRow = 78;

export function Rows({ slug, view, tickets, openNumber, hasMore, loadingMore, onMore, onFind }: Props) {
  const { t } = useTranslation("tickets");
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const wide = width >= wideFrom;
  const rowHeight = wide ? wideRow : narrowRow;
  const fresh = useFreshRows(tickets);
  const { above, onScroll, toTop } = useSteadyScroll(scroller, tickets, rowHeight);

  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => tickets[index]?.id ?? index,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height is the reason to measure again
  useEffect(() => rows.measure(), [rows, rowHeight]);

  const shown = rows.getVirtualItems();
  const last = shown[shown.length - 1]?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= tickets.length - 10) onMore();
  }, [last, hasMore, loadingMore, tickets.length, onMore]);

  const focusRow = useCallback(
    (index: number) => {
      rows.scrollToIndex(index, { align: "auto" });
      requestAnimationFrame(() =>
        scroller.current
          ?.querySelector<HTMLElement>(`[data-index="${index}"] a`)
          ?.focus({ preventScroll: true }),
      );
    },
    [rows],
  );
  const step = (by: number) => {
    const from = focusedIndex() ?? tickets.findIndex((ticket) => String(ticket.number) === openNumber);
    focusRow(Math.min(tickets.length - 1, Math.max(0, from + by)));
  };
  useKeys("list", [
    { id: "down", keys: "j", label: t("key.down"), unlisted: true, repeats: true, run: () => step(1) },
    { id: "up", keys: "k", label: t("key.up"), unlisted: true, repeats: true, run: () => step(-1) },
    { id: "open", keys: "Enter", label: t("key.open"), unlisted: true },
    { id: "find", keys: "/", label: t("key.find"), run: onFind },
  ]);

  return (
    <div className={classes.frame}>
      {above > 0 && (
        <button type="button" className={classes.pill} onClick={toTop}>
          <IconArrowUp size={14} stroke={2} aria-hidden="true" />
          {t("newAbove", { count: above })}
        </button>
      )}
      <div ref={useMergedRef(scroller, sizeRef)} className={classes.scroller} onScroll={onScroll}>
        <ul className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {shown.map((row) => {
            const ticket = tickets[row.index];
            if (!ticket) return null;
            return (
              <li
                key={row.key}
                data-index={row.index}
                className={classes.row}
                aria-setsize={hasMore ? -1 : tickets.length}
                aria-posinset={row.index + 1}
                style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              >
                <TicketRow
                  slug={slug}
                  view={view}
                  ticket={ticket}
                  wide={wide}
                  open={String(ticket.number) === openNumber}
                  fresh={fresh.has(ticket.id)}
                />
              </li>
            );
          })}
        </ul>
        {loadingMore && <p className={classes.more}>{t("loadingMore")}</p>}
      </div>
    </div>
  );
}

function focusedIndex(): number | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-index]");
  return row ? Number(row.dataset.index) : null;
}
