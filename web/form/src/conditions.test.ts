import { expect, test } from "vitest";
import { holds } from "./conditions";
import cases from "./conditions.cases.json";
import type { Fact, Tree } from "./model";

test.each(cases)("the browser decides as the server does: $tree of $facts", (each) => {
  expect(holds(each.tree as Tree, each.facts as unknown as Record<string, Fact>)).toBe(each.holds);
});
