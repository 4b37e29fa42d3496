// Short messages at the edge of the screen.
import { i18n } from "@/i18n";
import { explain } from "./explain";
import { showNote } from "./notes";

export function toastError(error: unknown): void {
  showNote({ color: "red", message: explain(error, i18n.t), withBorder: true, ...closable() });
}

export function toast(message: string): void {
  showNote({ message, withBorder: true, autoClose: 4000, ...closable() });
}

/** The cross needs a name for those who cannot see it. */
export const closable = () => ({ closeButtonProps: { "aria-label": i18n.t("common:close") } });
