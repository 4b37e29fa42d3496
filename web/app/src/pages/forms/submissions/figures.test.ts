import { expect, it } from "vitest";
import { isDay } from "./days";
import { funnel, overall, percent } from "./funnel";

const totals = (views: number, starts: number, submissions: number) => ({
  views,
  starts,
  submissions,
  caught: 0,
});

it("each step tells its share of the one before", () => {
  expect(funnel(totals(200, 80, 20)).map(({ count, rate }) => [count, rate])).toEqual([
    [200, null],
    [80, 0.4],
    [20, 0.25],
  ]);
  expect(overall(totals(200, 80, 20))).toBe(0.1);
});

it("a share is not told where more were sent than seen, or nothing was seen", () => {
  expect(funnel(totals(0, 0, 5)).map(({ rate }) => rate)).toEqual([null, null, null]);
  expect(funnel(totals(4, 2, 5))[2]?.rate).toBeNull();
  expect(overall(totals(4, 2, 5))).toBeNull();
});

it("small shares keep a decimal", () => {
  expect([percent(0.034, "en"), percent(0.5, "en"), percent(0, "en")]).toEqual(["3.4%", "50%", "0%"]);
});

it("only days that exist are days", () => {
  expect(["2026-02-28", "2026-02-30", "yesterday", 20260228].map(isDay)).toEqual([true, false, false, false]);
});
