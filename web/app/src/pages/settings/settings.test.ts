import { describe, expect, it } from "vitest";
import type { RawEvent } from "@/api/types";
import { partsOf } from "./channels/kinds/email/details/partsOf";
import { fates, isFate, mayReplay, recipients } from "./incoming/fates";
import { browserOf } from "./profile/browserOf";

const withFate = (state: string, rcpt_to: string[] | string = []) =>
  ({ fate: { state }, envelope: { rcpt_to } }) as RawEvent;

describe("the incoming log", () => {
  it("offers to take in again only what was not taken in", () => {
    const offered = fates.filter((state) => mayReplay(withFate(state)));
    expect(offered).toEqual(["duplicate", "quarantined", "held", "failed"]);
  });

  it("knows its fates from other words in the address", () => {
    expect(isFate("held")).toBe(true);
    expect(isFate("lost")).toBe(false);
  });

  it("lists recipients however they came", () => {
    expect(recipients(withFate("ticket", "a@b.example"))).toEqual(["a@b.example"]);
    expect(recipients(withFate("ticket", ["a@b.example"]))).toEqual(["a@b.example"]);
  });
});

describe("what people read", () => {
  it("a From line in its two parts, with a company in brackets too", () => {
    expect(partsOf("Eva (Acme) <a@b.example>")).toEqual({ name: "Eva (Acme)", address: "a@b.example" });
    expect(partsOf("a@b.example")).toEqual({ name: "", address: "a@b.example" });
  });

  it("a user agent as a browser one knows", () => {
    const edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
    expect(browserOf(edge)).toEqual({ browser: "Edge", system: "Windows", mobile: false });
    const phone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1";
    expect(browserOf(phone)).toEqual({ browser: "Safari", system: "iPhone", mobile: true });
    expect(browserOf("")).toEqual({ browser: null, system: null, mobile: false });
  });
});
