import { Editor } from "@tiptap/core";
import { StarterKit } from "@tiptap/starter-kit";
import { describe, expect, it } from "vitest";
import { pieces } from "../../timeline/PlainText";
import { MentionNode, mentionsIn } from "./mention";
import { named } from "./useMentions";

describe("members to name", () => {
  const members = ["Ana Lind", "Bo Anders Ek", "Cia Ek"].map((name) => ({ name }));
  const found = (query: string) => named(members, query).map(({ name }) => name);

  it("are found by the beginning of any part of the name", () => {
    expect(found("")).toEqual(["Ana Lind", "Bo Anders Ek", "Cia Ek"]);
    expect(found("an")).toEqual(["Ana Lind", "Bo Anders Ek"]);
    expect(found("ek ci")).toEqual(["Cia Ek"]);
    expect(found("nd")).toEqual([]);
  });
});

describe("a mention", () => {
  const html =
    '<p>Hi <span data-mention="m1">@Ana Lind</span> and <span data-mention="m1">@Ana Lind</span></p>';
  it("is kept as the server knows it when a draft is opened again", () => {
    const editor = new Editor({ extensions: [StarterKit, MentionNode], content: html });
    expect(editor.getHTML()).toBe(html);
    expect(mentionsIn(editor)).toEqual(["m1"]);
    editor.destroy();
  });
});

describe("names in plain text", () => {
  it("are marked, the longest that fits", () => {
    expect(pieces("Hi @Ana Lind, @Bo", ["@Ana", "@Ana Lind"])).toEqual([
      { at: 0, piece: "Hi ", named: false },
      { at: 3, piece: "@Ana Lind", named: true },
      { at: 12, piece: ", @Bo", named: false },
    ]);
    expect(pieces("", ["@Ana"])).toEqual([]);
  });
});
