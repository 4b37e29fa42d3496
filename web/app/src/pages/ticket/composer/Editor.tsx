// The text field of the composer.
import { EditorContent } from "@tiptap/react";
import { lazy, Suspense } from "react";
import classes from "./Editor.module.css";
import type { MessageEditor } from "./useMessageEditor";

const Suggestions = lazy(() =>
  import("./suggest/Suggestions").then((module) => ({ default: module.Suggestions })),
);

export function Editor({ editor: { editor, suggesting } }: { editor: MessageEditor }) {
  return (
    <>
      <EditorContent editor={editor} className={classes.text} />
      {suggesting.offer && (
        <Suspense>
          <Suggestions editor={editor} offer={suggesting.offer} active={suggesting.active} />
        </Suspense>
      )}
    </>
  );
}
