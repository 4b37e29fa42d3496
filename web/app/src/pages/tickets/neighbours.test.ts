import { expect, it } from "vitest";
import { neighbours, tellNeighbours } from "./neighbours";

it("a ticket that has left the list still leads to the one that came after it", () => {
  tellNeighbours([4, 7, 9]);
  expect(neighbours(7)).toEqual({ next: 9, before: 4 });
  tellNeighbours([4, 9]);
  expect(neighbours(7)).toEqual({ next: 9, before: undefined });
  tellNeighbours([1, 2]);
  expect(neighbours(7)).toEqual({ next: undefined, before: undefined });
});
