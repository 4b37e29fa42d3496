import { expect, it } from "vitest";
import { byDay, dayName } from "./days";

const at = (year: number, month: number, day: number, hour = 12) => new Date(year, month - 1, day, hour);
const words = { today: "Today", yesterday: "Yesterday" };

it("what happened on one day stands together, in the order it came", () => {
  const items = [at(2026, 3, 2, 15), at(2026, 3, 2, 9), at(2026, 3, 1, 23)].map((moment, n) => ({
    at: moment.toISOString(),
    n,
  }));
  expect(byDay(items).map(({ items }) => items.map(({ n }) => n))).toEqual([[0, 1], [2]]);
});

it("nothing has no days", () => {
  expect(byDay([])).toEqual([]);
});

it("days are named as people name them", () => {
  const now = at(2026, 3, 1, 8);
  expect(dayName(at(2026, 3, 1), now, "en-GB", words)).toBe("Today");
  expect(dayName(at(2026, 2, 28), now, "en-GB", words)).toBe("Yesterday");
  expect(dayName(at(2026, 2, 2), now, "en-GB", words)).toBe("Monday 2 February");
  expect(dayName(at(2025, 2, 2), now, "en-GB", words)).toBe("2 February 2025");
});
