// The columns of the table: what every submission has, the form's fields, those of its older versions too, and the rest.
import type { Answer, Submission } from "@/api/submissions";

export const fixed = ["received", "why", "contact", "ticket", "source", "page", "extra"] as const;
export type FixedColumn = (typeof fixed)[number];

export interface AskedField {
  name: string;
  label: string;
  type: string;
  hidden: boolean;
  property?: string | null;
}

export interface FieldColumn extends AskedField {
  key: string;
  /** The form as it is now does not ask for it. */
  former: boolean;
}

export type Column = { key: FixedColumn; field?: undefined } | { key: string; field: FieldColumn };

const fieldsAtFirst = 3;
const columnKey = (name: string) => `field:${name}`;

/** Fields in the form's order; then those of older versions, as they came in. */
export function fieldColumns(now: AskedField[], submissions: Submission[]): FieldColumn[] {
  const columns = new Map<string, FieldColumn>();
  for (const field of now) columns.set(field.name, { ...field, key: columnKey(field.name), former: false });
  for (const submission of submissions)
    for (const { name, label, type, hidden } of submission.answers)
      if (!columns.has(name))
        columns.set(name, { name, label, type, hidden, key: columnKey(name), former: true });
  return [...columns.values()];
}

/** Everything there is to choose from, in the order of the table. */
export function allColumns(fields: FieldColumn[]): Column[] {
  const one = (key: FixedColumn): Column => ({ key });
  return [
    one("received"),
    one("contact"),
    ...fields.map((field) => ({ key: field.key, field })),
    one("ticket"),
    one("source"),
    one("page"),
    one("extra"),
  ];
}

/** Until somebody chooses: who, the first few questions that say something new about them, and the ticket. */
export function usualKeys(fields: FieldColumn[]): string[] {
  const telling = fields.filter(
    ({ hidden, former, property, type }) =>
      !hidden && !former && property !== "contact.name" && property !== "contact.email" && type !== "consent",
  );
  return ["received", "contact", ...telling.slice(0, fieldsAtFirst).map(({ key }) => key), "ticket"];
}

/** When it was received is the way into a submission, so that column always stands first. What was caught has no ticket,
 * but a reason. */
export function shownColumns(chosen: Column[], caught: boolean): Column[] {
  if (!caught) return chosen;
  return chosen.flatMap<Column>((column) =>
    column.key === "received" ? [column, { key: "why" }] : column.key === "ticket" ? [] : [column],
  );
}

export function chosenColumns(all: Column[], chosen: readonly string[] | null, usual: string[]): Column[] {
  const keys = new Set<string>(chosen ?? usual).add("received");
  return all.filter(({ key }) => keys.has(key));
}

export function answerOf(submission: Submission, name: string): Answer | undefined {
  return submission.answers.find((answer) => answer.name === name);
}

/** Whom it says that it is from, where no contact was made of it. */
export const typedAddress = ({ answers }: Submission): string =>
  answers.find(({ type, text }) => type === "email" && text)?.text ?? "";

/** What came under names that the form does not have: "utm: spring, ref: 12". */
export function extraText(extra: Record<string, unknown>): string {
  return Object.entries(extra)
    .map(([name, value]) => `${name}: ${said(value)}`)
    .join(", ");
}

export const said = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(said).join(", ")
    : typeof value === "object" && value !== null
      ? JSON.stringify(value)
      : String(value ?? "");
