// How much room each column gets; the long answers share what is left over.
import type { Column, FixedColumn } from "../columns";

const ofFixed: Record<FixedColumn, number> = {
  received: 120,
  why: 250,
  contact: 160,
  ticket: 190,
  source: 110,
  page: 210,
  extra: 220,
};
const ofTypes: Record<string, number> = {
  long_text: 260,
  email: 220,
  file: 190,
  number: 110,
  date: 120,
  checkbox: 110,
  consent: 110,
};
const usual = 170;
const gap = 16;

export interface Widths {
  template: string;
  total: number;
}

export function widthsOf(columns: Column[]): Widths {
  const widths = columns.map(({ key, field }) =>
    field ? (ofTypes[field.type] ?? usual) : ofFixed[key as FixedColumn],
  );
  return {
    template: columns
      .map(({ key, field }, at) =>
        grows(key, field?.type) ? `minmax(${widths[at]}px, 1fr)` : `${widths[at]}px`,
      )
      .join(" "),
    total: widths.reduce((sum, width) => sum + width, 0) + gap * (columns.length - 1),
  };
}

const grows = (key: string, type: string | undefined) =>
  key === "ticket" || key === "extra" || type === "text" || type === "long_text";
