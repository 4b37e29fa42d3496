import { expect, it } from "vitest";
import { makeTicket } from "@/test/make/timeline";
import { newerThan } from "./useFreshRows";

it("a row is fresh when a customer spoke since; an older page or our own reply is not", () => {
  const tickets = [
    makeTicket({ id: "new", last_message_at: "2026-03-02T11:00:00Z" }),
    makeTicket({ id: "ours", last_message_at: "2026-03-02T11:00:00Z", last_direction: "out" }),
    makeTicket({ id: "old", last_message_at: "2026-03-01T11:00:00Z" }),
  ];
  expect(newerThan("2026-03-02T10:00:00Z", tickets)).toEqual(["new"]);
});
