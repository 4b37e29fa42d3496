import { describe, expect, it } from "vitest";
import type { Channel, Kind } from "@/api/types";
import { answerers, deskChoice } from "./answering";

const kinds = [
  { kind: "email", capabilities: { starts: true, reaches: ["email"] } },
  { kind: "form", capabilities: { starts: false, reaches: [] } },
] as unknown as Kind[];

const channel = (id: string, kind: string, more: Partial<Channel> = {}) =>
  ({ id, kind, name: id, active: true, deleted_at: null, ...more }) as Channel;

const support = channel("support", "email");
const orders = channel("orders", "email");
const contact = channel("contact", "form");

describe("by which address forms are answered", () => {
  it("only kinds that may write to an email address first are offered", () => {
    const gone = channel("gone", "email", { deleted_at: "2026-05-01T00:00:00Z" });
    expect(answerers([support, contact, gone, orders], kinds)).toEqual([support, orders]);
  });

  it("the desk's choice is the fallback that was set, else the oldest", () => {
    expect(deskChoice([support, orders], "orders")).toBe(orders);
    expect(deskChoice([support, orders], null)).toBe(support);
    expect(deskChoice([], "orders")).toBeNull();
  });

  it("a channel that is off is passed over", () => {
    const off = channel("orders", "email", { active: false });
    expect(deskChoice([support, off], "orders")).toBe(support);
  });
});
