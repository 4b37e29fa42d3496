import { expect, it } from "vitest";
import type { Submission } from "@/api/submissions";
import {
  type AskedField,
  allColumns,
  chosenColumns,
  extraText,
  fieldColumns,
  shownColumns,
  usualKeys,
} from "./columns";

const field = (name: string, part: Partial<AskedField> = {}): AskedField => ({
  name,
  label: name,
  type: "text",
  hidden: false,
  property: null,
  ...part,
});

const form = [
  field("name", { property: "contact.name" }),
  field("email", { type: "email", property: "contact.email" }),
  field("subject", { property: "ticket.subject" }),
  field("pipeline", { hidden: true, property: "ticket.pipeline" }),
  field("agree", { type: "consent" }),
];

const answered = (...names: string[]) =>
  ({
    answers: names.map((name) => ({ ...field(name), value: "x", text: "x", files: [] })),
  }) as unknown as Submission;

it("fields of older versions come after those that are asked now", () => {
  const columns = fieldColumns(form, [answered("name", "fax"), answered("fax", "size")]);
  expect(columns.map(({ name, former }) => [name, former]).slice(-3)).toEqual([
    ["agree", false],
    ["fax", true],
    ["size", true],
  ]);
});

it("at first stand who, what they say, and the ticket", () => {
  expect(usualKeys(fieldColumns(form, []))).toEqual(["received", "contact", "field:subject", "ticket"]);
});

it("chosen columns stand in the order of the table, when it was received always first", () => {
  const all = allColumns(fieldColumns(form, []));
  const shown = chosenColumns(all, ["source", "field:pipeline"], []);
  expect(shown.map(({ key }) => key)).toEqual(["received", "field:pipeline", "source"]);
});

it("a column that is gone is not shown", () => {
  expect(chosenColumns(allColumns([]), ["field:gone"], []).map(({ key }) => key)).toEqual(["received"]);
});

it("what was caught says why instead of which ticket", () => {
  const chosen = chosenColumns(allColumns([]), ["contact", "ticket", "source"], []);
  expect(shownColumns(chosen, true).map(({ key }) => key)).toEqual(["received", "why", "contact", "source"]);
  expect(shownColumns(chosen, false)).toBe(chosen);
});

it("what came besides is told with its names", () => {
  expect(extraText({ utm: "spring", tags: ["a", "b"], deep: { x: 1 } })).toBe(
    'utm: spring, tags: a, b, deep: {"x":1}',
  );
});
