// How wide the columns of a view's table are, in pixels; the subject takes what is left. Kept in this browser.
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";

export const narrowest = 48;
export const widest = 900;

const usual: Record<string, number> = {
  number: 68,
  subject: 250,
  contact: 150,
  status: 148,
  priority: 90,
  assignee: 144,
  team: 112,
  channel: 118,
  pipeline: 140,
  tags: 170,
  created_at: 96,
  last_message_at: 110,
  waiting_since: 104,
  snoozed_until: 128,
};
const other = 150;

export interface Widths {
  of: (column: string) => number;
  set: (column: string, width: number) => void;
  /** For grid-template-columns. */
  template: string;
  /** The least that all of them take together. */
  total: number;
}

export function useWidths(view: string, columns: readonly string[]): Widths {
  const [own, setOwn] = useLocalStorage<Record<string, number>>({
    key: `kanal.widths.${view}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  return useMemo(() => {
    const of = (column: string) => own[column] ?? usual[column] ?? other;
    return {
      of,
      set: (column, width) =>
        setOwn((now) => ({ ...now, [column]: Math.round(Math.min(widest, Math.max(narrowest, width))) })),
      template: columns
        .map((column) => (column === "subject" ? `minmax(${of(column)}px, 1fr)` : `${of(column)}px`))
        .join(" "),
      total: columns.reduce((sum, column) => sum + of(column), 0),
    };
  }, [own, setOwn, columns]);
}
