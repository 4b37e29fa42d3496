// The text of a macro: what an answer can carry, with tokens.
import { EditorContent } from "@tiptap/react";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import editorClasses from "@/pages/ticket/composer/Editor.module.css";
import { Toolbar } from "@/pages/ticket/composer/Toolbar";
import { useMessageEditor } from "@/pages/ticket/composer/useMessageEditor";
import classes from "./MacroDrawer.module.css";
import { TokenMenu } from "./TokenMenu";

interface Props {
  html: string;
  onHtml: (html: string) => void;
  locked: boolean;
  error?: string;
}

export function BodyField({ html, onHtml, locked, error }: Props) {
  const { t } = useTranslation("macros");
  const id = useId();
  const { editor } = useMessageEditor({
    html,
    focus: false,
    placeholder: t("editor.textPlaceholder", { token: "{{contact.first_name|there}}" }),
    onFiles: () => {},
    onImage: async () => null,
    onSubmit: () => {},
    onHtml,
  });
  useEffect(() => {
    if (editor.isDestroyed) return;
    editor.setEditable(!locked, false);
    editor.view.dom.setAttribute("aria-labelledby", id);
    editor.view.dom.removeAttribute("aria-label");
  }, [editor, locked, id]);
  return (
    <div>
      <span id={id} className={classes.label}>
        {t("editor.text")}
      </span>
      <div className={classes.body}>
        <EditorContent editor={editor} className={`${editorClasses.text} ${classes.text}`} />
        {!locked && (
          <div className={classes.bar}>
            <Toolbar editor={editor} />
            <TokenMenu onPick={(token) => editor.chain().focus().insertContent(`{{${token}}}`).run()} />
          </div>
        )}
      </div>
      {error && <p className={classes.fault}>{error}</p>}
    </div>
  );
}
