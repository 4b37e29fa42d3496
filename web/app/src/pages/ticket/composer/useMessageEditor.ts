// The rich-text editor: what it can do, and what pasted files and the send key mean in it.
import { Image } from "@tiptap/extension-image";
import { Placeholder } from "@tiptap/extensions";
import { type Editor, useEditor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "@/kit/toast";
import { outcomeOf, paragraphs } from "./paste";
import { MentionNode, mentionsIn } from "./suggest/mention";
import type { Suggester } from "./suggest/suggester";
import { useSuggesting } from "./suggest/useSuggesting";

interface Options {
  html: string;
  focus: boolean;
  placeholder: string;
  onFiles: (files: File[]) => void;
  /** Whether what is written can carry files. */
  canAttach?: boolean;
  /** Uploads an image that belongs into the text, and gives its address. */
  onImage: (file: File) => Promise<string | null>;
  onSubmit: () => void;
  onHtml?: (html: string) => void;
  /** What is offered while one writes; which signs begin it does not change. */
  suggesters?: Suggester[];
}

export type MessageEditor = ReturnType<typeof useMessageEditor>;

export function useMessageEditor(options: Options) {
  const { t } = useTranslation("composer");
  const latest = useRef(options);
  latest.current = options;
  const [html, setHtml] = useState(options.html);
  const suggesting = useSuggesting(options.suggesters ?? []);

  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        link: { openOnClick: false, autolink: true, defaultProtocol: "https" },
      }),
      Image.configure({ inline: true, allowBase64: false }),
      Placeholder.configure({ placeholder: () => latest.current.placeholder }),
      MentionNode,
      suggesting.extension,
    ],
    content: options.html,
    onUpdate: ({ editor }) => {
      setHtml(editor.getHTML());
      latest.current.onHtml?.(editor.getHTML());
    },
    autofocus: options.focus ? "end" : false,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": t("text") },
      handleKeyDown: (_view, event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return false;
        latest.current.onSubmit();
        return true;
      },
      handlePaste: (_view, event) => takeFiles(event.clipboardData?.files) || takeMuch(event.clipboardData),
    },
  });

  function takeFiles(list: FileList | undefined): boolean {
    const files = [...(list ?? [])];
    if (files.length === 0) return false;
    const images = files.filter((file) => file.type.startsWith("image/"));
    const others = files.filter((file) => !images.includes(file));
    if (others.length) latest.current.onFiles(others);
    for (const image of images) insertImage(editor, image, latest.current.onImage);
    return true;
  }

  function takeMuch(data: DataTransfer | null): boolean {
    const pasted = { text: data?.getData("text/plain") ?? "", html: data?.getData("text/html") ?? "" };
    const outcome = outcomeOf(pasted, latest.current.canAttach ?? true, t("paste.name"));
    if (outcome.as === "is") return false;
    if (outcome.as === "file") latest.current.onFiles([outcome.file]);
    else editor.chain().focus().insertContent(paragraphs(outcome.text)).run();
    toast(t(`paste.${outcome.as}`));
    return true;
  }

  // The placeholder is drawn by the editor: it redraws when told that something changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the placeholder is the reason
  useEffect(() => {
    if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr);
  }, [editor, options.placeholder]);

  return {
    editor,
    html,
    focus: () => editor.commands.focus(),
    /** Puts this text in the place of what stands there; returns it as the editor has it. */
    put: (html: string) => {
      editor.commands.setContent(html, { emitUpdate: true, parseOptions: { preserveWhitespace: "full" } });
      return editor.getHTML();
    },
    /** Members whom the text names. */
    mentions: () => mentionsIn(editor),
    suggesting,
  };
}

async function insertImage(editor: Editor, file: File, upload: Options["onImage"]): Promise<void> {
  const src = await upload(file);
  if (src) editor.chain().focus().setImage({ src, alt: file.name }).run();
}
