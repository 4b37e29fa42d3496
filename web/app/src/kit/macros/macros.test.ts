import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import type { MacroStep } from "@/api/macros";
import { found } from "./found";
import { stepWords, unitOf } from "./stepWords";
import { whyWords } from "./whyWords";

const t = ((key: string, given?: Record<string, unknown>) =>
  given ? `${key} ${Object.values(given).join(" ")}` : key) as unknown as TFunction<"macros">;

const step = (given: Partial<MacroStep>) =>
  ({ add: [], remove: [], changes: [], problem: "", value: null, ...given }) as MacroStep;

describe("finding a macro", () => {
  const macros = [
    { name: "Ask for the receipt", shortcut: "", body_text: "refund" },
    { name: "Refund approved", shortcut: "ok", body_text: "" },
    { name: "No refund", shortcut: "", body_text: "" },
    { name: "Other", shortcut: "refund", body_text: "" },
  ];
  const names = (typed: string) => found(macros, typed).map(({ name }) => name);

  it("puts the shortcut first, then names, then texts", () => {
    expect(names("refund")).toEqual(["Other", "Refund approved", "No refund", "Ask for the receipt"]);
    expect(names("/ok")).toEqual(["Refund approved"]);
    expect(names("app ref")).toEqual(["Refund approved"]);
  });

  it("leaves the order when nothing is typed, and finds nothing in nothing", () => {
    expect(names(" ")).toEqual(macros.map(({ name }) => name));
    expect(names("xyz")).toEqual([]);
  });
});

describe("what an action does", () => {
  it("is said in one line", () => {
    expect(stepWords(step({ do: "assign", me: true, member: "Ann", changes: ["member", "team"] }), t)).toBe(
      "step.assignMe, step.noTeam",
    );
    expect(stepWords(step({ do: "set", property: "Order", value: null }), t)).toBe("step.empty Order");
    expect(stepWords(step({ do: "snooze", minutes: 180 }), t)).toBe("step.snoozeHours 3");
  });

  it("counts a time in the largest unit without a rest", () => {
    expect([90, 120, 2880].map(unitOf)).toEqual(["minutes", "hours", "days"]);
  });
});

describe("what the server says", () => {
  it("is worded with its names", () => {
    expect(whyWords("tickets of this pipeline skip no status; after New comes Open", t)).toBe(
      "said.noSkipping New Open",
    );
  });
});
