// One ticket as a row of the table; the whole row opens it, and its subject is the link for those without a pointer.
import { Link, useNavigate } from "@tanstack/react-router";
import { type MouseEvent, memo } from "react";
import type { Ticket } from "@/api/types";
import { PickBox } from "../rows/PickBox";
import type { Selecting } from "../selection/useSelection";
import { Cell } from "./Cell";
import classes from "./Table.module.css";

interface Props {
  slug: string;
  view: string;
  ticket: Ticket;
  columns: readonly string[];
  index: number;
  top: number;
  fresh: boolean;
  chosen: boolean;
  onChoose?: Selecting["choose"];
}

export const TableRow = memo(function TableRow(props: Props) {
  const { slug, view, ticket, columns, index, top, fresh, chosen, onChoose } = props;
  const navigate = useNavigate();
  const params = { slug, number: String(ticket.number) };
  const search = (now: object) => ({ ...now, view });
  const open = (event: MouseEvent) => {
    if (event.defaultPrevented || (event.target as Element).closest("a, label, button")) return;
    if (event.shiftKey && onChoose) onChoose(ticket, true);
    else if (event.metaKey || event.ctrlKey) window.open(`/a/${slug}/tickets/${ticket.number}?view=${view}`);
    else navigate({ to: "/a/$slug/tickets/$number", params, search });
  };
  return (
    <tr
      className={classes.row}
      data-index={index}
      data-ticket={ticket.id}
      data-unread={ticket.unread || undefined}
      data-fresh={fresh || undefined}
      data-chosen={chosen || undefined}
      aria-rowindex={index + 2}
      aria-selected={onChoose ? chosen : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
    >
      {columns.map((column, at) => (
        <td key={column} className={classes.cell}>
          {at === 0 && onChoose && <PickBox ticket={ticket} chosen={chosen} onChoose={onChoose} />}
          {column === "subject" ? (
            <Link
              to="/a/$slug/tickets/$number"
              params={params}
              search={search as never}
              className={classes.subject}
            >
              <Cell column={column} ticket={ticket} />
            </Link>
          ) : (
            <Cell column={column} ticket={ticket} />
          )}
        </td>
      ))}
    </tr>
  );
});
