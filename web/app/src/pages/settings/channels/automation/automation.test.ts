import { describe, expect, it } from "vitest";
import type { Condition, Leaf, Routing } from "@/api/routing";
import { groupOf, pruned, questionsOf, treeOf, withOperator } from "@/kit/condition/conditions";
import { copiedRule, draftOf, forServer, isSame, movedRule, newRule, withoutRule, withRule } from "./draft";
import { Faults } from "./faults";

const urgent: Leaf = { field: "ticket.priority", operator: "is", value: "urgent" };
const refund: Leaf = { field: "message.subject", operator: "contains", value: "refund" };

describe("conditions as groups of rows", () => {
  const trees: Condition[] = [
    { all: [urgent, refund] },
    { any: [urgent, { not: { all: [refund] } }] },
    { not: { any: [urgent] } },
  ];
  it.each(trees.map((tree) => [tree]))("%j stays what it was", (tree) => {
    expect(treeOf(groupOf(tree))).toEqual(tree);
  });

  it("a single row is a group of one, and nothing is a group of none", () => {
    expect(groupOf(urgent).items).toEqual([urgent]);
    expect(groupOf({}).items).toEqual([]);
  });

  it("groups that nothing stands in are left out", () => {
    expect(pruned({ all: [urgent, { any: [] }, { not: { all: [] } }] })).toEqual({ all: [urgent] });
    expect(pruned({ all: [{ any: [] }] })).toEqual({});
  });

  it("a double negation stays one", () => {
    const twice: Condition = { not: { not: { all: [urgent] } } };
    expect(treeOf(groupOf(twice))).toEqual({ not: { all: [{ not: { all: [urgent] } }] } });
  });

  it("ask their questions in order", () => {
    expect(questionsOf({ any: [urgent, { not: { all: [refund] } }] })).toEqual([urgent, refund]);
  });

  it("keeps a value that fits another operator", () => {
    expect(withOperator(urgent, "is_any_of").value).toEqual(["urgent"]);
    expect(withOperator({ ...urgent, operator: "is_any_of", value: ["a", "b"] }, "is").value).toBe("a");
    expect(withOperator(refund, "is_empty")).toEqual({ field: refund.field, operator: "is_empty" });
  });
});

describe("a draft", () => {
  const three = ["a", "b", "c"].reduce(
    (routing, id) => withRule(routing, { ...newRule(), id, name: id }),
    draftOf({}),
  );
  const names = (routing: Routing) => routing.rules.map((rule) => rule.name).join("");

  it("moves its rules and not past an end", () => {
    expect(names(movedRule(three, 0, 2))).toBe("bca");
    expect(movedRule(three, 0, -1)).toBe(three);
    expect(movedRule(three, 2, 3)).toBe(three);
  });

  it("puts a copy after what was copied", () => {
    const copied = copiedRule(three, "b", "B");
    expect(names(copied)).toBe("abBc");
    expect(copied.rules[2]?.id).not.toBe("b");
  });

  it("puts a rule back where it was", () => {
    const rule = three.rules[1];
    if (!rule) throw new Error("no rule");
    expect(names(withRule(withoutRule(three, "b"), rule, 1))).toBe("abc");
  });

  it("is the same whatever the order of its keys, and another when something changed", () => {
    const turned = Object.fromEntries(Object.entries(three).reverse()) as unknown as Routing;
    expect(isSame(three, turned)).toBe(true);
    expect(isSame(three, { ...three, only_available: false })).toBe(false);
  });

  it("leaves the naming of new rules to the server", () => {
    expect(forServer(withRule(three, newRule())).rules.map((rule) => rule.id)).toEqual(["a", "b", "c", ""]);
  });
});

describe("what the server says of a routing", () => {
  const rule = { ...newRule(), id: "r1", to: { users: ["ana", "bo"], teams: [] } };
  const routing = draftOf({ rules: [{ ...newRule(), id: "r0" }, rule] });
  const faults = new Faults(
    [
      { field: "routing.rules.1.to.users.1", message: "Bo has no seat." },
      { field: "rules.1.when.all.0.value", message: "Choose one." },
      { field: "routing.timezone", message: "There is no such zone." },
    ],
    routing,
  );

  it("stays with the rule and the person it is about", () => {
    expect(faults.each("rules.r1.to.users")).toEqual({ bo: "Bo has no seat." });
    expect(faults.under("rules.r1")).toHaveLength(2);
    expect(faults.under("rules.r0")).toEqual([]);
  });

  it("stands at its field", () => {
    expect(faults.at("timezone")).toBe("There is no such zone.");
    expect(faults.at("rules.r1.when.all.0.value")).toBe("Choose one.");
  });

  it("is forgotten once it is mended, and stays with a rule that is moved", () => {
    const mended = { ...rule, to: { users: ["ana"], teams: [] } };
    const now = draftOf({ rules: [mended, { ...newRule(), id: "r0" }] });
    const left = new Faults([{ field: "rules.1.to.users.1", message: "Bo has no seat." }], routing, now);
    expect(left.count).toBe(0);
    const moved = draftOf({ rules: [rule, { ...newRule(), id: "r0" }] });
    const kept = new Faults([{ field: "rules.1.to.users.1", message: "Bo has no seat." }], routing, moved);
    expect(kept.each("rules.r1.to.users")).toEqual({ bo: "Bo has no seat." });
  });

  it("and above the form where it has none", () => {
    expect(faults.outside(["rules"])).toEqual(["There is no such zone."]);
  });
});
