import { describe, expect, it } from "vitest";
import type { Availability } from "@/api/availability";
import type { Load } from "@/api/people";
import { i18n } from "@/i18n";
import { isFull, loadBars, loadText, type Standee, standingOf, standingText } from "./standing";

const now = new Date("2026-03-03T12:00:00");
const standing = (part: Partial<Availability> = {}): Availability => ({
  state: "away",
  why: "hand",
  since: "2026-03-03T11:40:00",
  set_by: null,
  back_at: null,
  ...part,
});
const load = (part: Partial<Load> = {}): Load => ({ total: 0, calling: 0, messaging: 0, email: 0, ...part });
const said = (person?: Standee) => standingText(person, i18n.t, now, "en-GB");

describe("how somebody stands", () => {
  it("is one of four, and whoever has not joined or has left is neither here nor away", () => {
    const all: (Standee | undefined)[] = [
      { availability: standing({ state: "available" }) },
      { availability: standing() },
      { availability: standing({ why: "holiday" }) },
      { availability: standing(), active: false },
      { availability: standing({ state: "available" }), joined_at: null },
      undefined,
    ];
    expect(all.map(standingOf)).toEqual([
      "available",
      "away",
      "out_of_office",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  it("says since when and when they are back", () => {
    expect(said({ availability: standing({ back_at: "2026-03-03T13:00:00" }) })).toBe(
      "Away since 11:40, back 13:00",
    );
    expect(said({ availability: standing({ why: "hours", back_at: "2026-03-04T09:00:00" }) })).toBe(
      "Away, outside working hours, back Wed 09:00",
    );
    expect(said({ availability: standing({ state: "available", why: "hours" }) })).toBe("Available");
    expect(said({ availability: standing(), active: false })).toBe("Has left");
  });

  it("names the day of a return that is far off", () => {
    expect(said({ availability: standing({ why: "out_of_office", back_at: "2026-04-20T09:00:00" }) })).toBe(
      "Out of office since 11:40, back 20 Apr 09:00",
    );
  });
});

describe("what somebody carries", () => {
  it("is one number against one limit, or one for each sort of work (ROUTE-26)", () => {
    expect(loadBars(load({ total: 5 }), { total: 12 })).toEqual([{ work: "total", open: 5, limit: 12 }]);
    expect(loadBars(load({ email: 2 }), { email: 4 }).map((bar) => [bar.work, bar.open, bar.limit])).toEqual([
      ["calling", 0, null],
      ["messaging", 0, null],
      ["email", 2, 4],
    ]);
  });

  it("is said with the limit where there is one", () => {
    expect(loadText(load({ total: 5 }), { total: 12 }, i18n.t)).toBe("5 open of 12");
    expect(loadText(load({ total: 5 }), {}, i18n.t)).toBe("5 open");
  });

  it("may be full, and more (ROUTE-25)", () => {
    expect([5, 12, 14].map((total) => isFull(load({ total }), { total: 12 }))).toEqual([false, true, true]);
    expect(isFull(load({ total: 50 }), {})).toBe(false);
  });
});
