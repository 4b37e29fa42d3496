import { expect, it } from "vitest";
import { contrast, inkOn, verdict } from "./contrast";

it("contrast is measured from 1 to 21", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#3b5bdb", "#3b5bdb")).toBe(1);
});

it("ink is what can be read on a colour", () => {
  expect(inkOn("#3b5bdb")).toBe("#ffffff");
  expect(inkOn("#ffd43b")).toBe("#000000");
  expect(inkOn("#3b")).toBe("#ffffff");
});

it("says what becomes of a colour on white", () => {
  expect(verdict("#3b5bdb")).toBe("good");
  expect(verdict("#c98a00")).toBe("edges");
  expect(verdict("#888888")).toBe("text");
  expect(verdict("blue")).toBe("none");
});
