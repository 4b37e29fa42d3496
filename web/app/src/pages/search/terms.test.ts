import { expect, it } from "vitest";
import { completed, filtersOf, withOperator, without } from "./terms";

it("filters are the finished operators of a query", () => {
  const texts = (q: string) => filtersOf(q).map(({ text }) => text);
  expect(texts('lamp is:open -tag:"big customer" from:eva ')).toEqual([
    "is:open",
    '-tag:"big customer"',
    "from:eva",
  ]);
  expect(texts("lamp is:op")).toEqual([]);
  expect(texts("error:404 http://x.example ")).toEqual([]);
});

it("a filter is taken away without touching the rest", () => {
  const q = "lamp is:open broken ";
  expect(filtersOf(q).map((filter) => without(q, filter))).toEqual(["lamp broken "]);
});

it("the last word is completed", () => {
  expect(completed("lamp ass", "assignee:")).toBe("lamp assignee:");
  expect(completed("lamp assignee:an", "assignee:ann@example.com")).toBe("lamp assignee:ann@example.com ");
  expect(completed('team:"big c', 'team:"Big customers"')).toBe('team:"Big customers" ');
  expect(completed("lamp ", "is:")).toBe("lamp is:");
});

it("an operator is added as a word of its own", () => {
  expect(withOperator("", "is")).toBe("is:");
  expect(withOperator("lamp ", "from")).toBe("lamp from:");
});
