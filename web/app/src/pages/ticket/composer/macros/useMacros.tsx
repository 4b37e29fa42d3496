// Snippets and macros in what is being written: found with / and #, filled in for this ticket, and what they do kept
// until it is sent.
import { IconBolt, IconFileText } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import {
  applyMacro,
  type Macro,
  type MacroGap,
  type MacroUse,
  macroPreviewQuery,
  macrosQuery,
  noteMacroUse,
} from "@/api/macros";
import { explain } from "@/kit/explain";
import { found } from "@/kit/macros/found";
import { showNote } from "@/kit/notes";
import { closable, toast, toastError } from "@/kit/toast";
import { mostOffered, type Suggested, type Suggester } from "../suggest/suggester";
import { type Chosen, insertable, keep, kept, usesOf } from "./chosen";
import { MacroBeside } from "./MacroBeside";

export type Macros = ReturnType<typeof useMacros>;

export function useMacros(ticketId: string) {
  const { t } = useTranslation("macros");
  const queryClient = useQueryClient();
  const all = useQuery(macrosQuery()).data?.items ?? [];
  const [chosen, setChosen] = useState<Chosen[]>(() => kept(ticketId));
  const [gaps, setGaps] = useState<MacroGap[]>([]);
  const [applying, setApplying] = useState(false);

  const choose = (next: Chosen[]) => {
    keep(ticketId, next);
    setChosen(next);
  };
  const insert = async (id: string, editor: Editor) => {
    const macro = all.find((one) => one.id === id);
    if (!macro) return;
    try {
      const preview = await queryClient.fetchQuery(macroPreviewQuery(id, ticketId));
      if (preview.html) editor.chain().focus().insertContent(insertable(preview.html)).run();
      setGaps(preview.gaps);
      const others = chosen.filter(({ macro }) => macro !== id);
      if (preview.steps.length)
        choose([...others, { macro: id, name: macro.name, steps: preview.steps, left: [] }]);
      void noteMacroUse(id).then(() => queryClient.invalidateQueries({ queryKey: accountKey("macros") }));
    } catch {
      showNote({ color: "red", message: t("composer.failed"), withBorder: true, ...closable() });
    }
  };
  const clear = () => {
    choose([]);
    setGaps([]);
  };
  const fresh = () =>
    Promise.all(
      ["tickets", "ticket", "timeline", "macro-preview"].map((read) =>
        queryClient.invalidateQueries({ queryKey: accountKey(read) }),
      ),
    );
  const apply = async () => {
    setApplying(true);
    try {
      for (const use of usesOf(chosen)) await applyMacro(ticketId, use);
      toast(t("composer.applied", { name: chosen.map(({ name }) => name).join(", ") }));
      clear();
    } catch (error) {
      toastError(error);
    } finally {
      setApplying(false);
      await fresh();
    }
  };
  /** With what is sent by another way than an answer: what was said is said, whether or not this goes well. */
  const afterwards = async () => {
    try {
      for (const use of usesOf(chosen)) await applyMacro(ticketId, use);
    } catch (error) {
      const message = t("composer.afterSend", { why: explain(error, t) });
      showNote({ color: "red", message, withBorder: true, ...closable() });
    }
    clear();
    await fresh();
  };

  const suggester = (name: string, char: string, label: string, among: () => Macro[]): Suggester => ({
    name,
    char,
    label,
    spaces: true,
    find: (query) => (query.startsWith(" ") ? [] : found(among(), query).slice(0, mostOffered).map(offered)),
    pick: ({ key }, editor, range) => {
      editor.chain().focus().deleteRange(range).run();
      void insert(key, editor);
    },
    beside: ({ key }) => <MacroBeside id={key} ticketId={ticketId} />,
  });

  return {
    none: all.length === 0,
    suggesters: [
      suggester("snippets", "/", t("composer.snippets"), () => all),
      suggester("macros", "#", t("composer.macros"), () => all.filter(does)),
    ],
    chosen,
    leaveOut: (id: string, step: number) =>
      choose(
        chosen
          .map((one) => (one.macro === id ? { ...one, left: [...one.left, step] } : one))
          .filter(({ steps, left }) => left.length < steps.length),
      ),
    gaps,
    closeGaps: () => setGaps([]),
    applying,
    apply,
    clear,
    /** What goes with an answer; a status that its author chose themselves holds. */
    uses: (status?: string): MacroUse[] => usesOf(chosen, status !== undefined),
    afterwards,
  };
}

const does = (macro: Macro) => macro.actions.length > 0;

function offered({ id, name, shortcut, actions }: Macro): Suggested {
  const Icon = actions.length > 0 ? IconBolt : IconFileText;
  return {
    key: id,
    label: name,
    hint: shortcut && `/${shortcut}`,
    icon: <Icon size={16} stroke={1.6} aria-hidden="true" />,
  };
}
