import { expect, it } from "vitest";
import { fitness } from "./fuzzy";

const best = (typed: string, names: string[]) =>
  names
    .map((name) => [name, fitness(typed, name)] as const)
    .filter((pair): pair is [string, number] => pair[1] !== null)
    .sort((a, b) => b[1] - a[1])
    .map(([name]) => name);

it("finds by the beginnings of words, by a part and by letters in order", () => {
  const names = ["Go to All open", "Assign", "Snooze until", "Set status", "Settings: Teams"];
  expect(best("snooze", names)[0]).toBe("Snooze until");
  expect(best("gao", names)[0]).toBe("Go to All open");
  expect(best("st", names)[0]).toBe("Set status");
  expect(best("team", names)).toEqual(["Settings: Teams"]);
  expect(best("xyz", names)).toEqual([]);
});

it("minds neither case nor accents", () => {
  expect(fitness("oppna", "Öppna ärendet")).not.toBeNull();
  expect(fitness("ÄRENDE", "Öppna ärendet")).not.toBeNull();
});

it("letters strewn over a name are no fit", () => {
  expect(fitness("iu", "Size of the queue")).toBeNull();
});
