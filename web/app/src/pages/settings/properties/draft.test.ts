import { describe, expect, it } from "vitest";
import { bodyOf, draftOf, newOption, withType } from "./draft";

const option = (label: string, value = "") => ({ ...newOption(), label, value });

describe("a property while it is written", () => {
  it("sends no choices that were left empty, and no limits that are none", () => {
    const draft = withType({ ...draftOf(null), label: "Lamp" }, "select");
    draft.options = [option("Floor"), option(" "), option("Desk", "desk")];
    const body = bodyOf("ticket", draft);
    expect(body.options.map(({ label, value }) => [label, value])).toEqual([
      ["Floor", ""],
      ["Desk", "desk"],
    ]);
    expect(body.options[0]).not.toHaveProperty("id");
    expect(body.limits).toEqual({});
  });

  it("has two empty choices to begin with", () => {
    expect(withType(draftOf(null), "multi_select").options).toHaveLength(2);
  });

  it("forgets the limits of another type, and keeps what both have", () => {
    const number = withType(draftOf(null), "number");
    const limited = { ...number, limits: { ...number.limits, required: true, min: 1 } };
    expect(withType(limited, "text").limits).toMatchObject({ required: true, min: null });
    expect(withType(limited, "boolean").limits.required).toBe(false);
  });

  it("sends no choices where there is nothing to choose", () => {
    const draft = { ...draftOf(null), options: [option("Floor")] };
    expect(bodyOf("contact", draft).options).toEqual([]);
  });
});
