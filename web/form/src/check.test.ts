import { expect, test } from "vitest";
import { checkField } from "./check";
import type { Behaviour, Rule } from "./model";
import { BEHAVIOUR } from "./test/form";
import { type Control, numberOf } from "./values";

function input(value: string, more: Record<string, unknown> = {}): Control[] {
  return [Object.assign(document.createElement("input"), { value, ...more })];
}

function said(rule: Partial<Rule>, value: string, behaviour: Behaviour = BEHAVIOUR): string {
  return checkField({ name: "a", type: "text", limits: {}, ...rule }, input(value), behaviour);
}

test("nothing is wrong with an answer that is not required and not there", () => {
  for (const type of ["text", "email", "phone", "number", "date", "select"])
    expect(said({ type }, " ")).toBe("");
});

test("what is missing is said as its type says it", () => {
  expect(said({ required: true }, " ")).toBe("Fill this in.");
  expect(said({ type: "select", required: true }, "")).toBe("Choose one.");
  expect(said({ type: "consent", required: true }, "true")).toBe("Tick this to go on.");
});

test.each([
  ["email", "eva@example.com", ""],
  ["email", "eva@example", "Write an email address, such as eva@example.com."],
  ["phone", "08 123 456 78", "Write a phone number with its country."],
  ["phone", "+46 8 123 456 78", ""],
  ["number", "many", "Write a number."],
])("%s %s: %s", (type, value, expected) => {
  expect(said({ type }, value)).toBe(expected);
});

test("limits are told in the form's language", () => {
  const number = { type: "number", limits: { min: 1.5, max: 3 } };
  expect(said(number, "1")).toBe("Write 1.5 or more.");
  expect(said(number, "1,2", { ...BEHAVIOUR, language: "sv" })).toBe("Write 1,5 or more.");
  expect(said(number, "4")).toBe("Write 3 or less.");
});

test("length is counted in characters, not in halves of them", () => {
  expect(said({ limits: { max_length: 3 } }, "💡💡💡")).toBe("");
  expect(said({ limits: { max_length: 3 } }, "💡💡💡💡")).toBe("Write at most 3 characters.");
});

test.each([
  ["1,5", "en", 1.5],
  ["1,500", "en", 1500],
  ["1,500", "sv", 1.5],
  ["1.500,5", "sv", 1500.5],
  ["−3", "en", -3],
  ["1 000", "sv", 1000],
  ["1e3", "en", null],
  ["", "en", null],
])("%s in %s is %s", (text, language, number) => {
  expect(numberOf(text, language)).toBe(number);
});

function files(...given: { name: string; size: number; type: string }[]): string {
  const rule: Rule = { name: "a", type: "file", limits: { files: 2, file_bytes: 5_000_000 } };
  return checkField(rule, input("", { type: "file", accept: "image/*,.pdf", files: given }), BEHAVIOUR);
}

test("files are looked at before anything is uploaded", () => {
  const picture = { name: "a.png", size: 100, type: "image/png" };
  expect(files(picture, { ...picture, name: "b.pdf", type: "application/pdf" })).toBe("");
  expect(files(picture, picture, picture)).toBe("Choose 2 files at most.");
  expect(files({ ...picture, size: 5_000_001 })).toBe("a.png is too large; a file may have 5 MB at most.");
  expect(files({ ...picture, type: "text/html" })).toBe("a.png is not a kind of file that can be sent here.");
  expect(files({ ...picture, name: "unknown", type: "" })).toBe("");
});
