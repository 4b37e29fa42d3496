import { expect, it } from "vitest";
import { everything, isChosen, isNothing, nothing, set, sizeOf, stretched, toggled } from "./selection";

const tickets = [1, 2, 3, 4, 5].map((number) => ({ id: `t${number}`, number, version: 1 }));
const [first, second, third, fourth] = tickets as [
  (typeof tickets)[0],
  (typeof tickets)[0],
  (typeof tickets)[0],
  (typeof tickets)[0],
];
const ids = (selection: typeof nothing) =>
  tickets.filter(({ id }) => isChosen(selection, id)).map(({ number }) => number);

it("a ticket is chosen and chosen no longer", () => {
  const one = toggled(nothing, first);
  expect(ids(one)).toEqual([1]);
  expect(isNothing(toggled(one, first))).toBe(true);
});

it("a stretch goes from the last chosen one to this one, in either direction", () => {
  expect(ids(stretched(toggled(nothing, second), tickets, "t2", "t4"))).toEqual([2, 3, 4]);
  expect(ids(stretched(toggled(nothing, fourth), tickets, "t4", "t2"))).toEqual([2, 3, 4]);
});

it("a stretch from a ticket that has left the list is that one row", () => {
  expect(ids(stretched(nothing, tickets, "gone", "t3"))).toEqual([3]);
});

it("all of a view may leave some out, also ones that were never read", () => {
  const most = toggled(everything, third);
  expect(ids(most)).toEqual([1, 2, 4, 5]);
  expect(sizeOf(most, 4312)).toBe(4311);
  expect(ids(set(most, tickets, true))).toEqual([1, 2, 3, 4, 5]);
});

it("the version that the person saw is kept", () => {
  const one = toggled(nothing, { ...first, version: 7 });
  expect(one.all ? null : one.chosen.get("t1")).toEqual({ id: "t1", number: 1, version: 7 });
});
