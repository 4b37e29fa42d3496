// The editor's side of suggesting: it watches for the signs, and tells what was found.
import { Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import { Suggestion, type SuggestionProps } from "@tiptap/suggestion";
import type { Suggested, Suggester } from "./suggester";

export interface Offer {
  suggester: Suggester;
  items: Suggested[];
  /** Where the sign stands on the screen. */
  place: DOMRect | null;
  pick: (item: Suggested) => void;
}

interface Options {
  names: string[];
  /** As they are now: an editor outlives what it was made with. */
  known: (name: string) => Suggester | undefined;
  onOffer: (offer: Offer | null) => void;
  /** True when the list took the key. */
  onKey: (event: KeyboardEvent) => boolean;
}

export const Suggesting = Extension.create<Options>({
  name: "suggesting",
  addOptions: () => ({ names: [], known: () => undefined, onOffer: () => {}, onKey: () => false }),
  addProseMirrorPlugins() {
    const { names, known, onOffer, onKey } = this.options;
    return names.flatMap((name) => {
      const first = known(name);
      if (!first) return [];
      const tell = ({ items, clientRect, command }: SuggestionProps<Suggested, Suggested>) => {
        const suggester = known(name);
        if (suggester) onOffer({ suggester, items, place: clientRect?.() ?? null, pick: command });
      };
      return Suggestion<Suggested, Suggested>({
        editor: this.editor,
        pluginKey: new PluginKey(`suggest-${name}`),
        char: first.char,
        allowSpaces: first.spaces ?? false,
        allowedPrefixes: [" ", "\u00a0", "("],
        minQueryLength: first.least ?? 0,
        allow: ({ editor }) => !known(name)?.off && !editor.isActive("code") && !editor.isActive("codeBlock"),
        items: ({ query }) => known(name)?.find(query) ?? [],
        command: ({ editor, range, props }) => known(name)?.pick(props, editor, range),
        render: () => ({
          onStart: tell,
          onUpdate: tell,
          onExit: () => onOffer(null),
          onKeyDown: ({ event }) => onKey(event),
        }),
      });
    });
  },
});
