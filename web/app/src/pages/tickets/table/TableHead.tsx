// The heads of the columns: pressed they put the table in order, pulled at their edge they change its width.
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "@/api/views";
import { useColumns } from "../columns";
import { canSort, nextSort, sortedBy } from "../sorts";
import { useLook } from "../useLook";
import classes from "./Table.module.css";
import { narrowest, type Widths, widest } from "./widths";

interface Props {
  look: View;
  columns: readonly string[];
  widths: Widths;
}

export function TableHead({ look, columns, widths }: Props) {
  const { t } = useTranslation("tickets");
  const { name } = useColumns();
  const change = useLook(look);
  return (
    <thead className={classes.head}>
      <tr className={classes.row} aria-rowindex={1}>
        {columns.map((column) => {
          const way = sortedBy(column, look.sort);
          return (
            <th
              key={column}
              scope="col"
              className={classes.headCell}
              aria-sort={canSort(column, look) ? (way ?? "none") : undefined}
            >
              {canSort(column, look) ? (
                <button
                  type="button"
                  className={classes.sort}
                  data-on={way !== undefined || undefined}
                  onClick={() => change({ sort: nextSort(column, look.sort) })}
                >
                  <span className={classes.text}>{name(column)}</span>
                  {way === "ascending" && <IconArrowUp size={13} stroke={2} aria-hidden="true" />}
                  {way === "descending" && <IconArrowDown size={13} stroke={2} aria-hidden="true" />}
                </button>
              ) : (
                <span className={classes.text}>{name(column)}</span>
              )}
              <Edge
                label={t("widthOf", { column: name(column) })}
                width={widths.of(column)}
                onChange={(width) => widths.set(column, width)}
              />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface EdgeProps {
  label: string;
  width: number;
  onChange: (width: number) => void;
}

const step = 16;

function Edge({ label, width, onChange }: EdgeProps) {
  const pulled = useRef<{ at: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pulled.current = { at: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (pulled.current) onChange(pulled.current.width + event.clientX - pulled.current.at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? step : event.key === "ArrowLeft" ? -step : 0;
    if (by === 0) return;
    event.preventDefault();
    onChange(width + by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be pulled
    <span
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      className={classes.edge}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (pulled.current = null)}
      onPointerCancel={() => (pulled.current = null)}
      onKeyDown={onKeyDown}
    />
  );
}
