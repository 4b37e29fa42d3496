import { expect, it } from "vitest";
import { filterOf, isNarrowed } from "./filter";
import { rangeOf } from "./range";
import { submissionsSearch } from "./search";

const now = new Date("2026-03-02T10:00:00Z");

it("what the address cannot mean is left out", () => {
  expect(
    submissionsSearch({ state: "lost", q: "", from: "soon", source: "fax", open: "7", days: 12, else: 1 }),
  ).toEqual({});
});

it("a number that was searched for stays text", () => {
  expect(submissionsSearch({ q: 4711 })).toEqual({ q: "4711" });
});

it("without a state the accepted ones are shown", () => {
  expect(filterOf({}).state).toBe("accepted");
  expect(filterOf({ state: "caught" }).state).toBe("caught");
});

it("the last day is in the list until it ends", () => {
  const { from = "", until = "" } = filterOf({ from: "2026-03-02", until: "2026-03-02" });
  expect(Date.parse(until) - Date.parse(from)).toBe(24 * 60 * 60 * 1000);
  expect(new Date(from).getHours()).toBe(0);
});

it("the open submission and the figures' days do not narrow the list", () => {
  expect(isNarrowed({ open: "x", days: 7 })).toBe(false);
  expect(isNarrowed({ q: "lamp" })).toBe(true);
});

it("the figures are about the last 30 days, or what was chosen", () => {
  expect(rangeOf({}, now)).toEqual({ from: "2026-02-01", until: "2026-03-02" });
  expect(rangeOf(submissionsSearch({ since: "2026-01-01", to: "2026-01-31", days: 7 }), now)).toEqual({
    from: "2026-01-01",
    until: "2026-01-31",
  });
  expect(rangeOf(submissionsSearch({ since: "2026-02-01", to: "2026-01-31", days: 7 }), now)).toEqual({
    from: "2026-02-24",
    until: "2026-03-02",
  });
});
