import { describe, expect, it } from "vitest";
import {
  copied,
  dayName,
  faultsOf,
  minutesAWeek,
  nextInterval,
  officeHours,
  readTime,
  tidied,
  weekdays,
  weekInWords,
} from "./week";
import { momentIn, wallClockIn, zoneNames } from "./zones";

describe("a time as it is typed", () => {
  it("is understood in the ways people type it", () => {
    expect(["9", "09", "930", "9:30", "9.30", "24", " 17:05 "].map(readTime)).toEqual([
      "09:00",
      "09:00",
      "09:30",
      "09:30",
      "09:30",
      "24:00",
      "17:05",
    ]);
  });

  it("is refused when no clock shows it", () => {
    expect(["", "25", "24:01", "9:60", "nine", "9:5"].map(readTime)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("a week", () => {
  it("that ends before it begins, overlaps or cannot be read says so at its place", () => {
    const week = {
      mon: [["17:00", "09:00"]],
      tue: [
        ["09:00", "12:00"],
        ["11:00", "13:00"],
      ],
      wed: [["?", "10:00"]],
    };
    expect(faultsOf(week)).toEqual({
      mon: ["endsBeforeBegin"],
      tue: [null, "overlaps"],
      wed: ["unreadable"],
    });
  });

  it("may end a day at midnight and have breaks", () => {
    expect(
      faultsOf({
        fri: [
          ["09:00", "12:00"],
          ["12:00", "24:00"],
        ],
      }),
    ).toBeNull();
  });

  it("is sent without its closed days, and in order", () => {
    expect(
      tidied({
        mon: [],
        tue: [
          ["13:00", "17:00"],
          ["09:00", "12:00"],
        ],
      }),
    ).toEqual({
      tue: [
        ["09:00", "12:00"],
        ["13:00", "17:00"],
      ],
    });
  });

  it("copies a day without tying the copies together", () => {
    const week = copied({ mon: [["08:00", "16:00"]] }, "mon", weekdays.slice(1, 5));
    expect(week.fri).toEqual([["08:00", "16:00"]]);
    expect(week.fri?.[0]).not.toBe(week.mon?.[0]);
    expect(week.sat).toBeUndefined();
  });

  it("offers a next interval that fits into the day", () => {
    expect(nextInterval([["09:00", "12:00"]])).toEqual(["13:00", "17:00"]);
    expect(nextInterval([["09:00", "22:30"]])).toEqual(["23:30", "24:00"]);
    expect(nextInterval([["09:00", "23:00"]])).toBeNull();
  });

  it("is said in a few words", () => {
    const words = { always: "Always", never: "Never" };
    expect(weekInWords(officeHours, "en", words)).toBe("Mon–Fri 09:00–17:00");
    expect(weekInWords({ ...officeHours, fri: [["09:00", "15:00"]] }, "en", words)).toBe(
      "Mon–Thu 09:00–17:00 · Fri 09:00–15:00",
    );
    expect([weekInWords(null, "en", words), weekInWords({}, "en", words)]).toEqual(["Always", "Never"]);
    expect(minutesAWeek(officeHours)).toBe(40 * 60);
  });

  it("has its days named in the reader's language", () => {
    expect([dayName("mon", "en"), dayName("sun", "sv")]).toEqual(["Monday", "söndag"]);
  });
});

describe("a wall clock's time in a zone", () => {
  it("is a moment, before and after the clocks change", () => {
    expect(momentIn("Europe/Stockholm", "2026-03-28", "09:00")).toBe("2026-03-28T08:00:00.000Z");
    expect(momentIn("Europe/Stockholm", "2026-03-30", "09:00")).toBe("2026-03-30T07:00:00.000Z");
    expect(momentIn("Asia/Kolkata", "2026-06-01", "00:00")).toBe("2026-05-31T18:30:00.000Z");
  });

  it("counts 24:00 to the day that ends", () => {
    expect(momentIn("UTC", "2026-06-01", "24:00")).toBe("2026-06-02T00:00:00.000Z");
  });

  it("comes back as it went", () => {
    const moment = momentIn("America/New_York", "2026-11-02", "07:45");
    expect(wallClockIn("America/New_York", moment)).toEqual({ day: "2026-11-02", time: "07:45" });
  });

  it("can be chosen in any zone that is in use", () => {
    expect(zoneNames("Mars/Olympus")).toContain("Mars/Olympus");
    expect(zoneNames("UTC")).toContain("Europe/Stockholm");
  });
});
