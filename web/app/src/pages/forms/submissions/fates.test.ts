import { expect, it } from "vitest";
import { fateOf } from "./fates";

const ticket = { id: "t1", number: 7, subject: "Lamp" };

it("a ticket that may be seen says more than any state", () => {
  expect(fateOf({ caught: "", ticket, fate: "ticket" })).toEqual({
    name: "ticket",
    tone: "good",
    reason: "",
  });
});

it("a ticket of others is told without its number", () => {
  expect(fateOf({ caught: "", ticket: null, fate: "ticket" }).name).toBe("otherTicket");
});

it("what was caught says why", () => {
  const fate = "quarantined: captcha not solved";
  expect(fateOf({ caught: "captcha not solved", ticket: null, fate })).toMatchObject({
    name: "caught",
    reason: "captcha not solved",
  });
});

it("what no channel carried was collected", () => {
  expect(fateOf({ caught: "", ticket: null, fate: "" })).toMatchObject({ name: "collected", tone: "quiet" });
});

it.each([
  ["held: channel is off", "held", "channel is off"],
  ["failed: the file is gone: try again", "failed", "the file is gone: try again"],
  ["waiting", "waiting", ""],
])("%s is taken apart", (fate, name, reason) => {
  expect(fateOf({ caught: "", ticket: null, fate })).toMatchObject({ name, reason });
});
