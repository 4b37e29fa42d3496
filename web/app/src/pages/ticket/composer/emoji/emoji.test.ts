import { expect, it } from "vitest";
import { findEmoji } from "./emoji";

const signs = (query: string) => findEmoji(query).map(({ sign }) => sign);

it("is found by the beginning of its name first, then by what it means, in both languages", () => {
  expect(signs("smile")[0]).toBe("😄");
  expect(signs("smile")).toContain("😊");
  expect(signs("grattis")).toEqual(["🎉"]);
  expect(signs("nothing like it")).toEqual([]);
});

it("has no sign and no name twice", () => {
  const all = findEmoji("");
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});
