// Tickets as a table: the columns that were chosen, put in order by their heads; only the rows in sight are drawn.
import { type CSSProperties, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Ticket } from "@/api/types";
import type { View } from "@/api/views";
import { useColumns } from "../columns";
import { MoreComing, NewAbove } from "../rows/NewAbove";
import rowClasses from "../rows/Rows.module.css";
import { useFreshRows } from "../rows/useFreshRows";
import { usePeek } from "../rows/usePeek";
import { useRows } from "../rows/useRows";
import { useWalk } from "../rows/useWalk";
import { isChosen } from "../selection/selection";
import { useSelecting } from "../selection/useSelection";
import type { TicketList } from "../useTicketList";
import classes from "./Table.module.css";
import { TableHead } from "./TableHead";
import { TableRow } from "./TableRow";
import { useWidths } from "./widths";

interface Props {
  slug: string;
  view: string;
  look: View;
  list: TicketList;
  tickets: Ticket[];
  openNumber: string | null;
  mayChoose: boolean;
}

const rowHeight = 40;

export function Table({ slug, view, look, list, tickets, openNumber, mayChoose }: Props) {
  const { t } = useTranslation("tickets");
  const { all } = useColumns();
  const columns = useMemo(() => look.columns.filter((column) => all.includes(column)), [look.columns, all]);
  const widths = useWidths(view, columns);
  const { selection, none, choose } = useSelecting();
  const fresh = useFreshRows(tickets);
  const rows = useRows({ tickets, rowHeight, ...list.paging });
  useWalk({ slug, view, tickets, openNumber, rows });
  const peek = usePeek(tickets);
  const style = { "--columns": widths.template, "--width": `${widths.total}px` } as CSSProperties;
  return (
    <div className={rowClasses.frame} data-choosing={!none || undefined}>
      <NewAbove count={rows.above} onShow={rows.toTop} />
      <div ref={rows.scroller} className={rowClasses.scroller} {...rows.watch}>
        <table
          aria-label={t("table")}
          aria-rowcount={list.paging.hasMore ? -1 : tickets.length + 1}
          className={classes.table}
          style={style}
        >
          <TableHead look={look} columns={columns} widths={widths} />
          <tbody className={classes.body} style={{ height: rows.height }} {...peek}>
            {rows.shown.map((row) => {
              const ticket = tickets[row.index];
              if (!ticket) return null;
              return (
                <TableRow
                  key={row.key}
                  slug={slug}
                  view={view}
                  ticket={ticket}
                  columns={columns}
                  index={row.index}
                  top={row.start}
                  fresh={fresh.has(ticket.id)}
                  chosen={isChosen(selection, ticket.id)}
                  onChoose={mayChoose ? choose : undefined}
                />
              );
            })}
          </tbody>
        </table>
        {list.paging.loadingMore && <MoreComing />}
      </div>
    </div>
  );
}
