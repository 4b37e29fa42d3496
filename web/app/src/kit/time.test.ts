import { expect, it } from "vitest";
import { initials } from "./Face";
import { dateLocale, messageTime, shortTime } from "./time";

const now = new Date("2026-03-02T12:00:00");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();

it("a time is short, and coarser the older it is", () => {
  const said = [5, 300, 3 * 3600, 3 * 86_400, 30 * 86_400, 400 * 86_400].map((age) =>
    shortTime(ago(age), now, "en-GB", "now"),
  );
  expect(said).toEqual(["now", "5m", "3h", "Fri", "31 Jan", "26 Jan 2025"]);
});

it("what lies far ahead is told by its date, as a weekday would name another one", () => {
  const said = [-2, -30].map((days) => messageTime(ago(days * 86_400), now, "en-GB"));
  expect(said).toEqual(["Wed 12:00", "1 Apr 12:00"]);
});

it("dates follow the reader's region where it fits the language of the app", () => {
  expect(dateLocale("en", ["sv-SE", "en-US"])).toBe("en-US");
  expect(dateLocale("en", ["sv-SE"])).toBe("en-GB");
  expect(dateLocale("sv", ["en-US"])).toBe("sv");
});

it.each([
  ["Elin Berg", "EB"],
  ["James O’Connor Smith", "JS"],
  ["elin.berg@post.example", "EB"],
  ["Åsa", "Å"],
  ["", "?"],
])("%s is shortened to %s", (name, letters) => expect(initials(name)).toBe(letters));
