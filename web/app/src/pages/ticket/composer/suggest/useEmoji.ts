// `:smile` becomes 😄; the list is fetched when the first one is looked for.
import { useTranslation } from "react-i18next";
import { mostOffered, type Suggested, type Suggester } from "./suggester";

export function useEmoji(): Suggester {
  const { t } = useTranslation("composer");
  return {
    name: "emoji",
    char: ":",
    label: t("emoji.title"),
    least: 2,
    find: async (query) => {
      if (query.length < 2) return [];
      const { findEmoji } = await import("../emoji/emoji");
      return findEmoji(query)
        .slice(0, mostOffered)
        .map(({ sign, name }) => ({ key: sign, label: `${sign} ${name}` }));
    },
    pick: (chosen: Suggested, editor, range) => {
      editor.chain().focus().insertContentAt(range, `${chosen.key} `).run();
    },
  };
}
