import { expect, it } from "vitest";
import { makeTicket } from "@/test/make/timeline";
import { type TicketPages, without, withTicket } from "./ticketPages";

const card = (id: string, hour: number) =>
  makeTicket({ id, last_message_at: `2026-03-02T${String(hour).padStart(2, "0")}:00:00Z` });
const lane = (pages: [string, number][][], more = false): TicketPages => ({
  pages: pages.map((items, at) => ({
    items: items.map(([id, hour]) => card(id, hour)),
    next: at === pages.length - 1 && !more ? null : `after-${at}`,
  })),
  pageParams: pages.map(() => null),
});
const ids = (pages: TicketPages | undefined) => pages?.pages.map((page) => page.items.map(({ id }) => id));

it("a ticket stands where the order has it, on whichever page that is", () => {
  const there = lane([
    [
      ["a", 9],
      ["b", 8],
    ],
    [["c", 6]],
  ]);
  expect(ids(withTicket(there, card("new", 7), "-last_message_at"))).toEqual([
    ["a", "b"],
    ["new", "c"],
  ]);
  expect(ids(withTicket(there, card("new", 10), "-last_message_at"))).toEqual([["new", "a", "b"], ["c"]]);
  expect(ids(withTicket(there, card("new", 5), "-last_message_at"))).toEqual([
    ["a", "b"],
    ["c", "new"],
  ]);
});

it("a ticket that comes after all that was read waits for its page", () => {
  const there = lane([[["a", 9]]], true);
  expect(ids(withTicket(there, card("new", 5), "-last_message_at"))).toEqual([["a"]]);
});

it("a ticket stands in a list once, and is gone from the one it left", () => {
  const there = lane([
    [
      ["a", 9],
      ["b", 8],
    ],
  ]);
  expect(ids(withTicket(there, card("b", 10), "-last_message_at"))).toEqual([["b", "a"]]);
  expect(ids(without(there, "a"))).toEqual([["b"]]);
});
