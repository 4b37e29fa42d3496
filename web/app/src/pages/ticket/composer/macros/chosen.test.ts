import { describe, expect, it } from "vitest";
import type { MacroStep } from "@/api/macros";
import { type Chosen, insertable, keep, kept, usesOf } from "./chosen";

const steps = ["assign", "status"].map((what) => ({ do: what }) as MacroStep);
const chosen = (left: number[]): Chosen => ({ macro: "m", name: "Refund", steps, left });

describe("what a chosen macro does", () => {
  it("goes without what was left out", () => {
    expect(usesOf([chosen([])])).toEqual([{ macro: "m", leave_out: [] }]);
    expect(usesOf([chosen([0])])).toEqual([{ macro: "m", leave_out: [0] }]);
    expect(usesOf([chosen([0, 1])])).toEqual([]);
  });

  it("goes without its status where somebody chose one", () => {
    expect(usesOf([chosen([])], true)).toEqual([{ macro: "m", leave_out: [1] }]);
    expect(usesOf([chosen([0])], true)).toEqual([]);
  });

  it("is kept for its ticket and no other", () => {
    keep("t1", [chosen([1])]);
    expect(kept("t1")).toEqual([chosen([1])]);
    expect(kept("t2")).toEqual([]);
    keep("t1", []);
    expect(kept("t1")).toEqual([]);
  });
});

describe("a text that is put in", () => {
  it("stays in the line when it is one paragraph", () => {
    expect(insertable("<p>Hello <b>you</b></p>")).toBe("Hello <b>you</b>");
    expect(insertable("<p>One</p><p>Two</p>")).toBe("<p>One</p><p>Two</p>");
    expect(insertable("<ul><li><p>x</p></li></ul>")).toBe("<ul><li><p>x</p></li></ul>");
  });
});
