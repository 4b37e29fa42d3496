import { expect, it } from "vitest";
import { type Entry, fitting, grouped } from "./entries";

const entry = (id: string, label: string, more: Partial<Entry> = {}): Entry => ({
  id,
  label,
  group: "go",
  ...more,
});

it("what was chosen lately comes first among what fits alike", () => {
  const entries = [entry("a", "Go to Mine"), entry("b", "Go to Spam"), entry("c", "Assign")];
  expect(fitting(entries, "", ["b"]).map(({ id }) => id)).toEqual(["b", "a", "c"]);
  expect(fitting(entries, "go", ["b"]).map(({ id }) => id)).toEqual(["b", "a"]);
});

it("what the server found is kept, whatever its name", () => {
  expect(fitting([entry("t", "#12 Lamp", { found: true })], "broken", [])).toHaveLength(1);
});

it("is found by other words too", () => {
  expect(fitting([entry("h", "Snooze", { words: "later remind" })], "remind", [])).toHaveLength(1);
});

it("groups stand together", () => {
  const entries = [entry("a", "A"), entry("b", "B", { group: "here" }), entry("c", "C")];
  expect(grouped(entries).map(([group, lines]) => [group, lines.length])).toEqual([
    ["go", 2],
    ["here", 1],
  ]);
});
