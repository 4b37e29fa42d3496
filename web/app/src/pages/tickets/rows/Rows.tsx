// Tickets as rows: a line each where there is room, three short ones beside an open ticket or on a phone.
import { useElementSize, useMergedRef } from "@mantine/hooks";
import type { Ticket } from "@/api/types";
import { isChosen } from "../selection/selection";
import { useSelecting } from "../selection/useSelection";
import type { TicketList } from "../useTicketList";
import { MoreComing, NewAbove } from "./NewAbove";
import { PickBox } from "./PickBox";
import classes from "./Rows.module.css";
import { TicketRow } from "./TicketRow";
import { useFreshRows } from "./useFreshRows";
import { usePeek } from "./usePeek";
import { useRows } from "./useRows";
import { useWalk } from "./useWalk";

interface Props {
  slug: string;
  view: string;
  list: TicketList;
  tickets: Ticket[];
  openNumber: string | null;
  mayChoose: boolean;
}

const wideFrom = 760;
const wideRow = 44;
const narrowRow = 78;

export function Rows({ slug, view, list, tickets, openNumber, mayChoose }: Props) {
  const { ref: sizeRef, width } = useElementSize();
  const wide = width >= wideFrom;
  const rowHeight = wide ? wideRow : narrowRow;
  const fresh = useFreshRows(tickets);
  const { selection, none, choose } = useSelecting();
  const rows = useRows({ tickets, rowHeight, ...list.paging });
  useWalk({ slug, view, tickets, openNumber, rows });
  const peek = usePeek(tickets);

  return (
    <div className={classes.frame} data-choosing={!none || undefined}>
      <NewAbove count={rows.above} onShow={rows.toTop} />
      <div ref={useMergedRef(rows.scroller, sizeRef)} className={classes.scroller} {...rows.watch}>
        <ul className={classes.rows} style={{ height: rows.height }} {...peek}>
          {rows.shown.map((row) => {
            const ticket = tickets[row.index];
            if (!ticket) return null;
            return (
              <li
                key={row.key}
                data-index={row.index}
                data-ticket={ticket.id}
                className={classes.row}
                aria-setsize={list.paging.hasMore ? -1 : tickets.length}
                aria-posinset={row.index + 1}
                style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              >
                {mayChoose && (
                  <PickBox ticket={ticket} chosen={isChosen(selection, ticket.id)} onChoose={choose} />
                )}
                <TicketRow
                  slug={slug}
                  view={view}
                  ticket={ticket}
                  wide={wide}
                  open={String(ticket.number) === openNumber}
                  fresh={fresh.has(ticket.id)}
                  chosen={isChosen(selection, ticket.id)}
                />
              </li>
            );
          })}
        </ul>
        {list.paging.loadingMore && <MoreComing />}
      </div>
    </div>
  );
}
