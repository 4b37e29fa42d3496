import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { adjust, changeEach } from "./adjust";

const [lamp, chair] = [
  { id: "lamp", unread: true },
  { id: "chair", unread: true },
];
const readLamp = (ticket: typeof lamp) => (ticket.id === "lamp" ? { ...ticket, unread: false } : ticket);

function known() {
  const queryClient = new QueryClient();
  queryClient.setQueryData(["ticket", 1], lamp);
  queryClient.setQueryData(["ticket", 2], chair);
  queryClient.invalidateQueries({ queryKey: ["ticket"] });
  adjust(queryClient, ["ticket"], readLamp);
  return queryClient;
}

it("changes what it is about, and that alone", () => {
  const queryClient = known();
  expect(queryClient.getQueryData(["ticket", 1])).toEqual({ id: "lamp", unread: false });
  expect(queryClient.getQueryData(["ticket", 2])).toBe(chair);
});

it.each([1, 2])("leaves stale what was stale (%s)", (number) => {
  expect(known().getQueryState(["ticket", number])?.isInvalidated).toBe(true);
});

it("keeps a list in which nothing changed", () => {
  const items = [chair];
  expect(changeEach(items, readLamp)).toBe(items);
  expect(changeEach([lamp, chair], readLamp)[0]?.unread).toBe(false);
});
