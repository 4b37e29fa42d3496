import { beforeAll, describe, expect, it } from "vitest";
import type { Condition, ConditionField, Routing } from "@/api/routing";
import { i18n } from "@/i18n";
import { draftOf, newRule } from "./draft";
import { differences } from "./history/differences";
import { problemWords } from "./problemWords";
import { becauseWords } from "./try/becauseWords";
import type { Names } from "./useNames";
import { assignWords, conditionWords, routingLines, ruleThen } from "./words";

beforeAll(() => i18n.loadNamespaces(["routing", "settings"]));

const field = (name: string, type: ConditionField["type"], options: string[] = []): ConditionField => ({
  field: name,
  label: name,
  group: "ticket",
  type,
  operators: [],
  relative: false,
  options: options.map((value) => ({ value, label: value, archived: false })),
});
const fields = [
  field("ticket.priority", "select", ["high", "urgent"]),
  field("message.subject", "text"),
  field("contact.is_new", "boolean"),
];
const named = (id: string) => ({ id, name: id.toUpperCase() });
const names = {
  field: (name: string) => fields.find((one) => one.field === name),
  member: (id: string) => (id === "gone" ? undefined : named(id)),
  team: named,
  skill: named,
} as unknown as Names;

const said = (tree: Condition) => conditionWords(tree, names, i18n.t);

describe("a condition in words", () => {
  it("says nothing more than always where nothing is asked", () => {
    expect(said({})).toBe("always");
  });

  it("names fields, comparisons and choices in the reader's language", async () => {
    const tree = { field: "ticket.priority", operator: "is_any_of", value: ["high", "urgent"] };
    expect(said(tree)).toBe("Priority is any of High, Urgent");
    await i18n.changeLanguage("sv");
    await i18n.loadNamespaces(["common", "routing"]);
    expect(said(tree)).toBe("Prioritet är någon av Hög, Brådskande");
    await i18n.changeLanguage("en");
  });

  it("keeps groups apart by brackets", () => {
    const refund = { field: "message.subject", operator: "contains", value: "refund" };
    const isNew = { field: "contact.is_new", operator: "is", value: true };
    expect(said({ all: [{ any: [refund, isNew] }, { not: { all: [isNew] } }] })).toBe(
      "(Subject contains “refund” or Writes for the first time is yes) and not (Writes for the first time is yes)",
    );
  });

  it("tells of a field that is gone", () => {
    expect(said({ field: "ticket.old", operator: "is_empty" })).toBe(
      "ticket.old (no longer exists) is empty",
    );
  });
});

describe("a routing in words", () => {
  const routing: Routing = draftOf({
    assign: "contact_owner",
    fallback: { users: ["gone"], teams: ["support"] },
    rules: [{ ...newRule(), name: "Nordic", require_skills: ["fi"], to: { users: ["ana"], teams: [] } }],
  });

  it("names who gets it, also who is gone", () => {
    expect(assignWords(routing, names, i18n.t)).toBe(
      "the contact’s owner, else SUPPORT, Somebody who is gone",
    );
    expect(assignWords(draftOf({}), names, i18n.t)).toContain("nobody");
  });

  it("says what a rule does", () => {
    expect(ruleThen(routing.rules[0] ?? newRule(), names, i18n.t)).toBe("asks for FI, to ANA");
    expect(ruleThen(newRule(), names, i18n.t)).toBe("changes nothing");
  });

  it("differs from another one by lines", () => {
    const lines = (one: Routing) =>
      routingLines(one, names, (key, value) => ({ name: key, value: String(value) }), i18n.t, "en-GB");
    const changed = { ...routing, only_available: false, rules: [] };
    expect(differences(lines(routing), lines(changed))).toEqual({
      gone: ["Rule 1: Nordic – when always: asks for FI, to ANA", "Only to available users"],
      added: ["Also to people who are away"],
    });
  });
});

describe("why a rule fits or not", () => {
  const refund: Condition = { field: "message.subject", operator: "contains", value: "refund" };
  const rule = { ...newRule(), when: { any: [refund, refund] } as Condition };

  it("is said question by question, with what was found instead", () => {
    const because = ["Subject contains refund: no, it is Hello: you", "Subject contains refund: yes"];
    expect(becauseWords(because, rule, names, i18n.t)).toEqual([
      "Subject contains “refund”: no, it is “Hello: you”",
      "Subject contains “refund”: yes",
    ]);
  });

  it("is said as the server says it where the two do not agree", () => {
    expect(becauseWords(["Something else"], rule, names, i18n.t)).toEqual(["Something else"]);
  });

  it("is that it is off, or asks nothing", () => {
    expect(becauseWords(["x"], { ...rule, active: false }, names, i18n.t)).toEqual(["It is switched off."]);
    expect(becauseWords(["x"], newRule(), names, i18n.t)[0]).toContain("always fits");
  });
});

describe("what the server finds wrong", () => {
  it("is said in the reader's language with what it names", async () => {
    const sentence = "Bo Lind has no seat; give them one, or take them out";
    expect(problemWords(sentence, i18n.t)).toBe("Bo Lind has no seat. Give them one, or take them out.");
    await i18n.changeLanguage("sv");
    expect(problemWords(sentence, i18n.t)).toBe("Bo Lind har ingen plats. Ge en, eller ta bort personen.");
    await i18n.changeLanguage("en");
  });

  it("is a sentence also where it is not known", () => {
    expect(problemWords("the highest is lower than the lowest", i18n.t)).toBe(
      "The highest is lower than the lowest.",
    );
  });
});
