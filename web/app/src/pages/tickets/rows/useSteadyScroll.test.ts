import { expect, it } from "vitest";
import { shiftOf } from "./useSteadyScroll";

const rows = (letters: string) => [...letters].map((id) => ({ id }));

it("rows that come in above move what is in sight by as many", () => {
  expect(shiftOf(rows("cde"), 2, rows("xyabcdef"))).toBe(2);
});

it("a row that goes to the top by itself does not drag the list along", () => {
  expect(shiftOf(rows("cdef"), 2, rows("cabdefg"))).toBe(0);
});

it("rows that left above move it back, and nothing moves where all of them left", () => {
  expect(shiftOf(rows("cde"), 2, rows("bcdef"))).toBe(-1);
  expect(shiftOf(rows("cde"), 2, rows("abf"))).toBe(0);
});
