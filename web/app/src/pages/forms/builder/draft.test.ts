import { describe, expect, it } from "vitest";
import type { FormField } from "@/api/forms";
import type { Condition } from "@/api/routing";
import { makeContents, makeField } from "@/test/make/form";
import {
  changed,
  changesBetween,
  contentsOf,
  type Draft,
  draftOf,
  duplicated,
  goodName,
  inserted,
  isSame,
  moved,
  nameFrom,
  nudged,
  onCanvas,
  rebased,
  relabelled,
  renamed,
  withChoice,
  without,
  withType,
} from "./draft";

const form = (...fields: Partial<FormField>[]): Draft => draftOf(makeContents(fields.map(makeField)));
const names = (draft: Draft) => draft.fields.map((field) => field.name).join("");
const id = (name: string) => `stored-${name}`;
const abc = form({ name: "a" }, { name: "b" }, { name: "c" });
const asks = (field: string, value: unknown = "Blue"): Condition => ({ field, operator: "is", value });

describe("names", () => {
  it.each([
    ["Email address", "email_address"],
    ["Ärende & önskemål *", "arende_onskemal"],
    ["2nd phone", "field_2nd_phone"],
    ["", "field"],
    ["日本語", "field"],
    ["_submission", "submission"],
    ["x".repeat(90), "x".repeat(63)],
  ])("%j gives %j", (label, name) => {
    expect(nameFrom(label, [])).toBe(name);
    expect(name).toMatch(goodName);
  });

  it("are free ones", () => {
    expect(nameFrom("Phone", ["phone", "phone_2"])).toBe("phone_3");
    const long = nameFrom("x".repeat(63), ["x".repeat(63)]);
    expect(long).toMatch(goodName);
    expect(long.endsWith("_2")).toBe(true);
  });

  it("follow the label until the field is published", () => {
    const draft = form({ name: "colour", label: "Colour" });
    expect(relabelled(draft, id("colour"), "Size", false).fields[0]?.name).toBe("size");
    expect(relabelled(draft, id("colour"), "Size", true).fields[0]?.name).toBe("colour");
  });

  it("that somebody chose do not follow", () => {
    const draft = form({ name: "mine", label: "Colour" });
    expect(relabelled(draft, id("mine"), "Size", false).fields[0]?.name).toBe("mine");
  });

  it("are followed by the conditions that ask for them", () => {
    const draft = form(
      { name: "a" },
      { name: "b", show_when: { any: [asks("a"), { not: { all: [asks("x")] } }] } },
    );
    const when = renamed(draft, id("a"), "z").fields[1]?.show_when;
    expect(when).toEqual({ any: [asks("z"), { not: { all: [asks("x")] } }] });
  });
});

describe("the list of fields", () => {
  it("moves a field before another or to the end", () => {
    expect(names(moved(abc, id("c"), id("a")))).toBe("cab");
    expect(names(moved(abc, id("a"), null))).toBe("bca");
    expect(moved(abc, id("a"), id("b"))).toBe(abc);
  });

  it("moves one place up and down and not past an end", () => {
    expect(names(nudged(abc, id("b"), -1))).toBe("bac");
    expect(names(nudged(abc, id("b"), 1))).toBe("acb");
    expect(nudged(abc, id("a"), -1)).toBe(abc);
    expect(nudged(abc, id("c"), 1)).toBe(abc);
  });

  it("frm_4: hidden pipeline and status are not on the canvas, and stay behind everything that is", () => {
    const draft = form(
      { name: "a" },
      { name: "p", type: "select", hidden: true, property: "ticket.pipeline" },
      { name: "s", type: "select", hidden: true, property: "ticket.status" },
    );
    expect(onCanvas(draft).map((field) => field.name)).toEqual(["a"]);
    const more = inserted(draft, { ...makeField({ name: "n" }), id: "new" }, null);
    expect(names(more)).toBe("anps");
    expect(nudged(draft, id("a"), 1)).toBe(draft);
  });

  it("a copy stands after what was copied, has a name of its own and sets nothing", () => {
    const { draft, copy } = duplicated(
      form({ name: "a", property: "ticket.subject" }, { name: "b" }),
      id("a"),
    );
    expect(names(draft)).toBe("aa_2b");
    expect(draft.fields[1]).toMatchObject({ id: copy, property: null });
  });
});

describe("choices", () => {
  const draft = form(
    { name: "a", type: "select", options: ["Blue", "Red"], default: "Blue", labels: { Blue: "Deep blue" } },
    {
      name: "b",
      show_when: { all: [asks("a"), { field: "a", operator: "is_any_of", value: ["Red", "Blue"] }] },
    },
  );

  it("take their default, their shown text and their conditions along", () => {
    const next = withChoice(draft, id("a"), 0, "Navy");
    expect(next.fields[0]).toMatchObject({
      options: ["Navy", "Red"],
      default: "Navy",
      labels: { Navy: "Deep blue" },
    });
    expect(next.fields[1]?.show_when).toEqual({
      all: [asks("a", "Navy"), { field: "a", operator: "is_any_of", value: ["Red", "Navy"] }],
    });
  });

  it("that stand there twice for a moment change alone", () => {
    const twice = withChoice(draft, id("a"), 1, "Blue");
    expect(withChoice(twice, id("a"), 1, "Blues").fields[0]).toMatchObject({
      options: ["Blue", "Blues"],
      default: "Blue",
    });
  });
});

describe("what the server gets", () => {
  it("is without ids, empty choices, empty limits and empty conditions", () => {
    const draft = form({
      type: "select",
      options: ["A", " ", " B "],
      labels: { A: "A", " B ": "" },
      limits: { max_length: null },
      show_when: { all: [] },
    });
    const field = contentsOf(draft).fields[0];
    expect(field).toMatchObject({ options: ["A", "B"], labels: {}, limits: {}, show_when: null });
    expect(field).not.toHaveProperty("id");
  });

  it("keeps the ids of fields that come back in the same order", () => {
    const edited = inserted(abc, { ...makeField({ name: "d" }), id: "new" }, null);
    expect(rebased(contentsOf(edited), edited).fields.map((field) => field.id)).toContain("new");
    expect(rebased(contentsOf(abc), edited).fields).toHaveLength(3);
  });

  it("another type has no limits of the one before", () => {
    const [field] = form({ type: "text", limits: { max_length: 5 }, default: "x" }).fields;
    if (!field) throw new Error("no field");
    expect(withType(field, "long_text").limits).toEqual({ max_length: 5 });
    expect(withType(field, "number")).toMatchObject({ limits: {}, default: null });
  });
});

describe("changes", () => {
  it("are none where only the order of keys differs", () => {
    const same = { ...abc, options: { ...abc.options, look: { ...abc.options.look } } };
    expect(isSame(abc, same)).toBe(true);
    expect(changesBetween(abc, same)).toEqual([]);
  });

  it("are counted as a person would", () => {
    const next = {
      ...changed(without(abc, id("c")), id("a"), { label: "New", help: "Both" }),
      name: "Other",
    };
    expect(changesBetween(abc, next)).toEqual(["name", id("c"), id("a")]);
    expect(changesBetween(abc, moved(abc, id("a"), null))).toEqual(["order"]);
    const options = { ...abc.options, intro: "Hi", closed: true };
    expect(changesBetween(abc, { ...abc, options })).toEqual(["intro", "closed"]);
  });
});
