import { expect, it } from "vitest";
import { duration } from "./duration";

it.each([
  [20, "0 min"],
  [61, "1 min"],
  [3_600, "1 hr"],
  [3_600 * 5 + 60 * 12, "5 hr 12 min"],
  [86_400 * 3 + 3_600 * 2 + 60, "3 days 2 hr"],
])("%d seconds are %s", (seconds, said) => {
  expect(duration(seconds, "en")).toBe(said);
});
