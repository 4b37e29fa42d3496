import { describe, expect, it } from "vitest";
import { fieldValue, momentIn, offers } from "./later";

const names = (now: Date) => offers(now).map(({ name }) => name);
const of = (now: Date, name: string) => offers(now).find((offer) => offer.name === name)?.at;

describe("times to leave later", () => {
  const tuesday = new Date(2026, 2, 3, 10, 15);

  it("are an hour from now, this evening, tomorrow morning and Monday", () => {
    expect(names(tuesday)).toEqual(["hour", "evening", "tomorrow", "monday"]);
    expect(of(tuesday, "hour")).toEqual(new Date(2026, 2, 3, 11, 15));
    expect(of(tuesday, "tomorrow")).toEqual(new Date(2026, 2, 4, 8));
    expect(of(tuesday, "monday")).toEqual(new Date(2026, 2, 9, 8));
  });

  it("leave out an evening that has passed, and Monday where it is tomorrow", () => {
    expect(names(new Date(2026, 2, 3, 19))).toEqual(["hour", "tomorrow", "monday"]);
    expect(names(new Date(2026, 2, 1, 10))).toEqual(["hour", "evening", "tomorrow"]);
  });

  it("on a Monday mean the next one", () =>
    expect(of(new Date(2026, 2, 2, 10), "monday")).toEqual(new Date(2026, 2, 9, 8)));
});

describe("a typed time", () => {
  const now = new Date(2026, 2, 3, 10);

  it("is read as it is written into the field", () => {
    const at = new Date(2026, 2, 4, 7, 30);
    expect(momentIn(fieldValue(at), now)).toEqual(at);
  });

  it.each(["", "2026-03-02T08:00", "soon"])("is none for %j", (value) =>
    expect(momentIn(value, now)).toBeNull(),
  );
});
