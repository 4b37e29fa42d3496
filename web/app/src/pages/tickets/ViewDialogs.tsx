// The dialogs about views, fetched when the first of them is opened.
import { ArrangeViews } from "./arrange/ArrangeViews";
import { ColumnsDialog } from "./arrange/ColumnsDialog";
import { closeDialog, type Dialog } from "./dialogs";
import { ViewEditor } from "./editor/ViewEditor";

export function ViewDialogs({ slug, dialog }: { slug: string; dialog: Dialog }) {
  switch (dialog.is) {
    case "arrange":
      return <ArrangeViews onClose={closeDialog} />;
    case "columns":
      return <ColumnsDialog view={dialog.view} onChoose={dialog.onChoose} onClose={closeDialog} />;
    case "edit":
      return <ViewEditor key={dialog.view.key} slug={slug} view={dialog.view} onClose={closeDialog} />;
    case "new":
      return <ViewEditor slug={slug} view={null} from={dialog.from} onClose={closeDialog} />;
  }
}
