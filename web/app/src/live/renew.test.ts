import { expect, it } from "vitest";
import type { TicketPages } from "@/api/ticketPages";
import { makeTicket } from "@/test/make/timeline";
import { placed } from "./renew";

const ticket = (id: string, hour: number) =>
  makeTicket({ id, last_message_at: `2026-03-02T${String(hour).padStart(2, "0")}:00:00Z` });
const list: TicketPages = {
  pages: [
    { items: [ticket("a", 9), ticket("b", 8)], next: "1" },
    { items: [ticket("c", 7), ticket("d", 6)], next: "2" },
  ],
  pageParams: [null, "1"],
};
const ids = (pages: TicketPages | undefined) => pages?.pages.map(({ items }) => items.map(({ id }) => id));

it("what something happened to stands in its new place, and what has left the list is gone", () => {
  expect(ids(placed(list, ["b", "d"], [ticket("d", 10)]))).toEqual([["d", "a"], ["c"]]);
});

it("what is new to the list comes into it", () => {
  expect(ids(placed(list, ["x"], [ticket("x", 10)]))).toEqual([
    ["x", "a", "b"],
    ["c", "d"],
  ]);
});
