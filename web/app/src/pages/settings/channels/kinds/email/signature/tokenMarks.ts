// Shows tokens in the editor as what they are, without changing the text.
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import classes from "./SignatureField.module.css";
import { tokenPattern } from "./tokens";

export const TokenMarks = Extension.create({
  name: "tokenMarks",
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: (state) => marks(state.doc) } })],
});

function marks(doc: Node): DecorationSet {
  const found: Decoration[] = [];
  doc.descendants((node, at) => {
    for (const match of node.text?.matchAll(tokenPattern) ?? []) {
      const from = at + match.index;
      found.push(Decoration.inline(from, from + match[0].length, { class: classes.token ?? "" }));
    }
  });
  return DecorationSet.create(doc, found);
}
