// The text field of the composer.
import { EditorContent, type Editor as TipTap } from "@tiptap/react";
import classes from "./Editor.module.css";

export function Editor({ editor }: { editor: TipTap }) {
  return <EditorContent editor={editor} className={classes.text} />;
}
