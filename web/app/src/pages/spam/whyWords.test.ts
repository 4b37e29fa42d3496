import type { TFunction } from "i18next";
import { expect, it } from "vitest";
import type { Spam } from "@/api/spam";
import { daysLeft, whyWords } from "./whyWords";

const t = ((key: string, values: object = {}) => [key, ...Object.values(values)].join(" ")) as TFunction;
const why = (code: Spam["why"]["code"], detail = "", by: { name: string } | null = null) =>
  whyWords({ why: { code, detail }, by: by as Spam["by"] }, t);

it("names who said so", () => {
  expect(why("hand", "", { name: "Ann" })).toBe("spam:why.handBy Ann");
});

it("says which list or filter it was, with a filter's own words", () => {
  expect(why("denied")).toBe("spam:why.denied");
  expect(why("filter", "GTUBE")).toBe("spam:why.detailed spam:why.filter GTUBE");
});

it("what somebody said once who is no member any more is still said by somebody", () => {
  expect(why("hand")).toBe("spam:why.hand");
});

it("counts the days until it is forgotten, and never below none", () => {
  const now = new Date("2026-05-01T12:00:00Z");
  expect(daysLeft("2026-05-03T13:00:00Z", now)).toBe(2);
  expect(daysLeft("2026-05-01T20:00:00Z", now)).toBe(0);
  expect(daysLeft("2026-04-01T12:00:00Z", now)).toBe(0);
});
