import { describe, expect, it } from "vitest";
import type { Channel } from "@/api/types";
import { healthOf, needOf } from "./standing";
import { troubleOf } from "./trouble";

const since = "2026-11-23T12:00:00Z";
const soon = new Date("2026-11-23T12:00:30Z");
const later = new Date("2026-11-23T12:10:00Z");

const channel = (some: object): Channel =>
  ({
    kind: "email",
    active: true,
    authorized: true,
    proof: "proved",
    health: { state: "ok", reason: null, since },
    settings: {},
    created_at: since,
    ...some,
  }) as unknown as Channel;
const attention = (reason: string) => ({ state: "attention", reason, since });
const waiting = { state: "waiting", reason: null, since };

describe("how a channel is doing, and what helps", () => {
  it("one that works needs nobody", () => {
    expect([healthOf(channel({})), needOf(channel({}), later)]).toEqual(["ok", null]);
  });

  it("one that is switched off is off, whatever else is wrong with it", () => {
    const off = channel({ active: false, authorized: false });
    expect([healthOf(off), needOf(off, later)]).toEqual(["off", null]);
  });

  it("a refused password asks for a sign-in", () => {
    const refused = channel({ authorized: false, health: attention("refused") });
    expect([healthOf(refused), needOf(refused, later)]).toEqual(["signedOut", "signIn"]);
  });

  it("a verification mail is asked for again once the first had its time", () => {
    const unproved = channel({ proof: "waiting", health: waiting });
    expect(healthOf(unproved)).toBe("proof");
    expect(needOf(unproved, soon)).toBeNull();
    expect(needOf(unproved, later)).toBe("prove");
  });

  it("what is wrong is told, and what is only waited for is not", () => {
    const resting = { ...waiting, reason: "Waiting for the verification mail." };
    expect(troubleOf(channel({ proof: "waiting", health: resting }))).toBeNull();
    const notSent = { ...waiting, reason: "The verification mail could not be sent: no." };
    expect(troubleOf(channel({ proof: "waiting", health: notSent }))).toBe(notSent.reason);
    expect(troubleOf(channel({ active: false, health: attention("refused") }))).toBeNull();
  });

  it("anything else is mended where it is set", () => {
    expect(needOf(channel({ health: attention("The mailbox is full.") }), later)).toBe("settings");
    expect(needOf(channel({ proof: "lost", health: attention("lost") }), later)).toBe("settings");
  });

  it("a kind without a wizard to finish waits for nothing", () => {
    expect(healthOf(channel({ kind: "form", health: waiting }))).toBe("fresh");
  });
});
