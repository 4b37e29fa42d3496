// One status of the board: its cards, page by page, and a place where a card can be put down.
import { useDroppable } from "@dnd-kit/core";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { TicketFilter } from "@/api/tickets";
import { explain } from "@/kit/explain";
import { StatusDot } from "@/kit/StatusBadge";
import { NewAbove } from "../rows/NewAbove";
import { useFreshRows } from "../rows/useFreshRows";
import { usePeek } from "../rows/usePeek";
import { useRows } from "../rows/useRows";
import { isChosen } from "../selection/selection";
import { useSelecting } from "../selection/useSelection";
import { useTicketList } from "../useTicketList";
import classes from "./Board.module.css";
import { Card, CardFace } from "./Card";
import type { Lane } from "./lanes";
import type { Carried, Column } from "./useBoardKeys";

interface Props {
  slug: string;
  view: string;
  lane: Lane;
  name: string;
  filter: TicketFilter;
  /** The card that is carried by key, and to which lane. */
  carried: Carried | null;
  onColumn: (lane: string, column: Column) => void;
  mayMove: boolean;
}

const cardHeight = 102;

export function LaneColumn({ slug, view, lane, name, filter, carried, onColumn, mayMove }: Props) {
  const { t, i18n } = useTranslation("views");
  const list = useTicketList(filter);
  const { tickets, paging } = list;
  const { setNodeRef, isOver } = useDroppable({ id: lane.id });
  const { selection, none, choose } = useSelecting();
  const fresh = useFreshRows(tickets);
  const rows = useRows({ tickets, rowHeight: cardHeight, ...paging });
  const peek = usePeek(tickets);
  const { focusRow } = rows;
  const column = useMemo(() => ({ tickets, focus: focusRow }), [tickets, focusRow]);
  useEffect(() => onColumn(lane.id, column), [lane.id, column, onColumn]);

  const count = new Intl.NumberFormat(i18n.language).format(tickets.length) + (paging.hasMore ? "+" : "");
  const comes = carried?.lane.id === lane.id;
  const empty = !list.pending && !list.error && tickets.length === 0;
  return (
    <section
      ref={setNodeRef}
      className={classes.lane}
      aria-label={`${name}, ${count}`}
      data-over={isOver || comes || undefined}
      data-slim={(empty && lane.is_closed && !comes) || undefined}
      data-choosing={!none || undefined}
    >
      <h2 className={classes.laneHead}>
        <StatusDot status={lane} />
        <span className={classes.laneName}>{name}</span>
        <span className={classes.count}>{count}</span>
      </h2>
      {comes && carried && carried.ticket.status.id !== lane.id && (
        <div className={classes.carried}>
          <CardFace ticket={carried.ticket} />
        </div>
      )}
      <div className={classes.laneBody}>
        <NewAbove count={rows.above} onShow={rows.toTop} />
        <div ref={rows.scroller} className={classes.scroller} {...rows.watch}>
          {list.error && (
            <p className={classes.empty} role="alert">
              {explain(list.error, t)}{" "}
              <button type="button" className={classes.again} onClick={list.retry}>
                {t("common:retry")}
              </button>
            </p>
          )}
          {empty && (
            <p className={classes.empty}>{t(lane.is_closed ? "board.dropToClose" : "board.empty")}</p>
          )}
          <ul className={classes.cards} style={{ height: rows.height }} {...peek}>
            {rows.shown.map((row) => {
              const ticket = tickets[row.index];
              return (
                ticket && (
                  <Card
                    key={row.key}
                    slug={slug}
                    view={view}
                    ticket={ticket}
                    index={row.index}
                    top={row.start}
                    of={paging.hasMore ? -1 : tickets.length}
                    fresh={fresh.has(ticket.id)}
                    carried={carried?.ticket.id === ticket.id}
                    chosen={isChosen(selection, ticket.id)}
                    onChoose={mayMove ? choose : undefined}
                  />
                )
              );
            })}
          </ul>
        </div>
      </div>
    </section>
  );
}
