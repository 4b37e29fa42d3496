// The simple editor of a signature: bold, italic, underline, lists, links, small images, names. Fetched when needed.
import { Image } from "@tiptap/extension-image";
import { EditorContent, useEditor, useEditorState } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SignatureField.module.css";
import { orEmpty } from "./simple";
import { Toolbar } from "./Toolbar";
import { TokenMarks } from "./tokenMarks";

interface Props {
  labelledBy: string;
  value: string;
  onChange: (html: string) => void;
}

const extensions = [
  StarterKit.configure({
    heading: false,
    codeBlock: false,
    link: { openOnClick: false, autolink: true, defaultProtocol: "https" },
  }),
  Image.configure({ inline: true, allowBase64: true }),
  TokenMarks,
];

export default function SimpleEditor({ labelledBy, value, onChange }: Props) {
  const { t } = useTranslation("settings");
  const editor = useEditor({
    extensions,
    content: value,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: classes.text ?? "",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": labelledBy,
      },
    },
    onUpdate: ({ editor: changed }) => onChange(orEmpty(changed.getHTML())),
  });
  // A value from outside (a reset, another person's save) replaces what stands here.
  useEffect(() => {
    if (editor.isDestroyed) return;
    if (orEmpty(editor.getHTML()) !== value) editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);
  const empty = useEditorState({ editor, selector: ({ editor: now }) => now.isDestroyed || now.isEmpty });
  return (
    <>
      <Toolbar editor={editor} />
      <div className={classes.paper}>
        {empty && <span className={classes.placeholder}>{t("signature.placeholder")}</span>}
        <EditorContent editor={editor} />
      </div>
    </>
  );
}
