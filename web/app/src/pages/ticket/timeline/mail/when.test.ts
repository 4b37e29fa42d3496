import { describe, expect, it } from "vitest";
import { leafOf, whenOf } from "./when";

const meeting = (starts_at: string | null, ends_at: string | null, all_day = false) => ({
  starts_at,
  ends_at,
  all_day,
});

describe("when a meeting is", () => {
  it("names the day once where it begins and ends on it", () => {
    const words = whenOf(meeting("2026-03-03T09:00:00", "2026-03-03T10:30:00"), "en-GB");
    expect(words).toBe("Tue, 3 Mar 2026, 09:00 – 10:30");
  });

  it("names both days where it goes over midnight", () => {
    const words = whenOf(meeting("2026-03-03T23:00:00", "2026-03-04T01:00:00"), "en-GB");
    expect(words).toBe("Tue, 3 Mar 2026, 23:00 – Wed, 4 Mar 2026, 01:00");
  });

  it("is a day for one that lasts all of it, the same for readers in every zone", () => {
    const whole = meeting("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z", true);
    expect(whenOf(whole, "en-GB")).toBe("Tue, 3 Mar 2026");
    expect(leafOf(whole, "en-GB")).toEqual({ month: "Mar", date: "3" });
  });

  it("says nothing where nothing is said", () => {
    expect(whenOf(meeting(null, null), "en-GB")).toBe("");
    expect(leafOf(meeting(null, null), "en-GB")).toBeNull();
  });
});
