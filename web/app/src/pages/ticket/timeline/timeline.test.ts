import { describe, expect, it } from "vitest";
import { i18n } from "@/i18n";
import { makeComment, makeDelivery, makeEvent, makeMessage } from "@/test/make/timeline";
import { shortName } from "./Attachments";
import { eventWords } from "./eventWords";
import { oldMessages, unsaid } from "./Timeline";
import { firstNewItem } from "./useSeen";
import { inOrder } from "./useTimeline";

const at = (minute: number) => `2026-03-02T10:${String(minute).padStart(2, "0")}:00Z`;
const message = (id: string, minute: number) => makeMessage({ id, at: at(minute) });

describe("the order of the timeline", () => {
  it("is oldest first over all pages, each item once", () => {
    const pages = [
      [message("c", 3), message("d", 4)],
      [message("a", 1), message("b", 2), message("c", 3)],
    ];
    expect(inOrder(pages).map((item) => item.id)).toEqual(["a", "b", "c", "d"]);
  });
});

describe("what is new", () => {
  const items = [
    message("a", 1),
    makeComment({ id: "mine", at: at(2), author: { member_id: "me", name: "Me" } }),
  ];

  it("is what came after the last look, unless I wrote it", () => {
    expect(firstNewItem([...items, message("b", 3)], at(1), true, "me")).toBe("b");
    expect(firstNewItem(items, at(1), false, "me")).toBeNull();
  });

  it("is, without a memory of the last look, what came after my own last word", () => {
    expect(firstNewItem([...items, message("b", 3)], null, true, "me")).toBe("b");
    expect(firstNewItem([...items, message("b", 3)], null, false, "me")).toBeNull();
  });

  it("is not marked when everything is new", () => {
    expect(firstNewItem([message("a", 1)], null, true, "me")).toBeNull();
  });
});

describe("long conversations", () => {
  const many = Array.from({ length: 9 }, (_, index) => message(`m${index}`, index));

  it("fold all but the last four messages", () => {
    expect([...oldMessages(many, null)]).toEqual(["m0", "m1", "m2", "m3", "m4"]);
  });

  it("never fold what is new or what failed", () => {
    expect([...oldMessages(many, "m2")]).toEqual(["m0", "m1"]);
    const delivery = makeDelivery({ state: "failed", reason: "no", can_retry: true });
    const failed = many.with(1, makeMessage({ id: "m1", direction: "out", delivery }));
    expect(oldMessages(failed, null).has("m1")).toBe(false);
  });
});

describe("an event in words", () => {
  const words = (part: Parameters<typeof makeEvent>[0]) => eventWords(makeEvent(part), i18n.t);

  it("says who did what", () => {
    expect(words({ text: { from: null, to: "Maja" } })).toBe("Sven gave it to Maja");
    expect(words({ text: { from: null, to: "Sven" } })).toBe("Sven took it");
    expect(words({ text: { from: null, to: null } })).toBe("Sven left it unassigned");
    expect(words({ name: "ticket.status_changed", text: { from: "New", to: "Closed" } })).toBe(
      "Sven set the status to Closed",
    );
    expect(words({ name: "ticket.created", actor: null })).toBe("Kanal made this ticket");
  });

  it("tell why nobody was sent a confirmation", () => {
    const event = { name: "message.not_confirmed", actor: null };
    expect(words({ ...event, data: { why: "too_many" } })).toBe(
      "No confirmation was sent: this address had too many within an hour",
    );
    expect(words({ ...event, data: { why: "else" } })).toBe("No confirmation was sent");
  });

  it("tell which rule did it, and why one did not", () => {
    const rule = { id: "r1", name: "Lamps first" };
    const by = { actor: null, rule };
    expect(words({ ...by, name: "ticket.priority_changed", text: { from: "normal", to: "high" } })).toBe(
      "Rule “Lamps first” set the priority to High",
    );
    expect(words({ ...by, name: "ticket.tagged", text: { from: null, to: "VIP" } })).toBe(
      "Rule “Lamps first” added the tag VIP",
    );
    expect(words({ ...by, name: "ticket.reopened" })).toBe("Rule “Lamps first” reopened it");
    expect(words({ ...by, name: "automation.ran", data: { outcome: "stopped" } })).toBe(
      "Rule “Lamps first” was stopped: rules were setting each other off",
    );
  });

  it("it does not know is named as it is", () => {
    expect(words({ name: "ticket.flown" })).toBe("Sven: ticket.flown");
  });
});

it("a confirmation is one line from the start, unless it did not arrive", () => {
  const confirmation = makeMessage({
    id: "auto",
    direction: "out",
    auto: "machine",
    delivery: makeDelivery(),
  });
  expect([...oldMessages([message("a", 1), confirmation], null)]).toEqual(["auto"]);
  const failed = { ...confirmation, delivery: makeDelivery({ state: "failed" }) };
  expect([...oldMessages([message("a", 1), failed], null)]).toEqual([]);
});

it("a description that a message says is not shown beside it", () => {
  expect(unsaid("Hello ", [message("a", 1)])).toBe("");
  expect(unsaid("Called in", [message("a", 1)])).toBe("Called in");
});

it("a long file name keeps its end", () => {
  expect(shortName("a-very-long-report-about-the-lamps-of-2026.xlsx")).toBe(
    "a-very-long-report-ab…of-2026.xlsx",
  );
  expect(shortName("short.pdf")).toBe("short.pdf");
});
