import { expect, it } from "vitest";
import type { Form } from "@/api/forms";
import { everyForm, shownForms } from "./filters";

const form = (name: string, part: Partial<Form> = {}) =>
  ({
    name,
    is_closed: false,
    channel: null,
    last_submission_at: null,
    created_at: "2026-01-01",
    ...part,
  }) as Form;
const forms = [
  form("Contact us", { channel: { id: "c", name: "Forms", active: true } }),
  form("Old contest", { is_closed: true, last_submission_at: "2026-03-01" }),
  form("Returns", { created_at: "2026-02-01" }),
];
const names = (filter: Partial<typeof everyForm>) =>
  shownForms(forms, { ...everyForm, ...filter }).map((each) => each.name);

it("what was filled in or made last comes first", () => {
  expect(names({})).toEqual(["Old contest", "Returns", "Contact us"]);
});

it("are found by every word, whatever its case", () => {
  expect(names({ search: " CONT us" })).toEqual(["Contact us"]);
  expect(names({ search: "nothing" })).toEqual([]);
});

it("are narrowed by state", () => {
  expect(names({ state: "closed" })).toEqual(["Old contest"]);
  expect(names({ state: "connected" })).toEqual(["Contact us"]);
  expect(names({ state: "unconnected" })).toEqual(["Old contest", "Returns"]);
  expect(names({ state: "open" })).toEqual(["Returns", "Contact us"]);
});
