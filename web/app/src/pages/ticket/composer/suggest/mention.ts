// A member named in a comment, as the editor holds it and the server reads it.
import type { Editor } from "@tiptap/core";
import { Mention } from "@tiptap/extension-mention";

export const MentionNode = Mention.extend({
  parseHTML: () => [
    {
      tag: "span[data-mention]",
      getAttrs: (span) => ({
        id: span.getAttribute("data-mention"),
        label: (span.textContent ?? "").replace(/^@/, ""),
      }),
    },
  ],
  addAttributes: () => ({
    id: { default: null, rendered: false },
    label: { default: null, rendered: false },
  }),
  renderHTML: ({ node }) => ["span", { "data-mention": node.attrs.id }, `@${node.attrs.label}`],
  renderText: ({ node }) => `@${node.attrs.label}`,
  // Who is offered is the composer's affair.
  addProseMirrorPlugins: () => [],
});

/** Whom a text names, each once, in the order of the text. */
export function mentionsIn(editor: Editor): string[] {
  const ids = new Set<string>();
  editor.state.doc.descendants((node) => {
    if (node.type.name === "mention" && node.attrs.id) ids.add(String(node.attrs.id));
  });
  return [...ids];
}
