// Whom a comment can name: members who see the ticket, by the beginning of any part of their name.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { mentionableQuery } from "@/api/timeline";
import { PersonFace } from "@/kit/PersonFace";
import { mostOffered, type Suggested, type Suggester } from "./suggester";

export function useMentions(ticketId: string, off: boolean): Suggester {
  const { t } = useTranslation("composer");
  const queryClient = useQueryClient();
  return {
    name: "mention",
    char: "@",
    label: t("mention.title"),
    spaces: true,
    off,
    find: async (query) => {
      const { items } = await queryClient.fetchQuery(mentionableQuery(ticketId));
      return named(items, query).map(({ member_id, name }) => ({
        key: member_id,
        label: name,
        icon: <PersonFace person={{ id: member_id, name }} size={22} tooltip={false} />,
      }));
    },
    pick: (chosen: Suggested, editor, range) => {
      const mention = { type: "mention", attrs: { id: chosen.key, label: chosen.label } };
      editor
        .chain()
        .focus()
        .insertContentAt(range, [mention, { type: "text", text: " " }])
        .run();
    },
  };
}

/** Every word of what is looked for begins a word of the name. */
export function named<T extends { name: string }>(members: T[], query: string): T[] {
  const wanted = words(query);
  const fits = ({ name }: T) => wanted.every((part) => words(name).some((word) => word.startsWith(part)));
  return members.filter(fits).slice(0, mostOffered);
}

const words = (text: string) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
