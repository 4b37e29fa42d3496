import { describe, expect, it } from "vitest";
import type { Macro } from "@/api/macros";
import { bodyOf, copyOf, draftOf, isWhole, newAction, withId } from "./draft";

const macro = {
  name: "Refund",
  shortcut: "refund",
  body_html: "<p>Hello</p>",
  actions: [{ do: "follow" }],
  shared_with: "teams",
  teams: ["t1"],
} as Macro;

describe("a macro that is written", () => {
  it("is sent as it came when nothing was changed", () => {
    expect(bodyOf(draftOf(macro))).toEqual({
      name: "Refund",
      shortcut: "refund",
      body_html: "<p>Hello</p>",
      actions: [{ do: "follow" }],
      shared_with: "teams",
      teams: ["t1"],
    });
  });

  it("keeps no teams when it is shared with none, and no empty paragraph", () => {
    const draft = { ...draftOf(macro), html: "<p></p>", sharedWith: "me" as const };
    expect(bodyOf(draft)).toMatchObject({ body_html: "", teams: [] });
  });

  it("is whole with a name and either a text or an action", () => {
    const empty = draftOf(null);
    expect(isWhole({ ...empty, name: "x", html: "<p> </p>" })).toBe(false);
    expect(isWhole({ ...empty, name: "x", html: "<p>a</p>" })).toBe(true);
    expect(isWhole({ ...empty, name: "x", actions: [withId(newAction("follow"))] })).toBe(true);
    expect(isWhole({ ...empty, html: "<p>a</p>" })).toBe(false);
  });

  it("is one's own when it is copied", () => {
    expect(copyOf(macro, "Mine")).toMatchObject({ name: "Mine", shortcut: "", shared_with: "me", teams: [] });
  });
});
