// What is fetched from a mailbox: its folders, where sent mail lies, and mail from before.
import type { Folder } from "@/api/channels";
import type { Imap } from "../settings";

export interface FetchingForm {
  folders: string[];
  /** "": the one that the server itself names. */
  sent_folder: string;
  /** The day from which older mail is taken in; null: none of it. */
  history_from: string | null;
}

export const fetchingFields = ["imap.folders", "imap.sent_folder", "imap.history_from"] as const;

export function fetchingOf(imap?: Imap | null): FetchingForm {
  return {
    folders: imap?.folders ?? ["INBOX"],
    sent_folder: imap?.sent_folder ?? "",
    history_from: imap?.history_from ?? null,
  };
}

/** Folders that a help desk would read; the others hold what we write, or nothing to answer. */
export const choosable = ({ role }: Folder) => role !== "sent" && role !== "drafts";

/** Read unless somebody knows why: there is nothing to answer in it. */
export const unusual = ({ role }: Folder) => role === "junk" || role === "trash" || role === "all";

/** The chosen ones first as the server lists them, and what is chosen but no longer there, so that it can be let go. */
export function listed(folders: readonly Folder[], chosen: readonly string[]): Folder[] {
  const there = new Set(folders.map((folder) => folder.name));
  const gone = chosen.filter((name) => !there.has(name));
  return [
    ...folders.filter(choosable),
    ...gone.map(
      (name): Folder => ({ name, role: name.toUpperCase() === "INBOX" ? "inbox" : "", messages: null }),
    ),
  ];
}

export const sentFolder = (folders: readonly Folder[]) =>
  folders.find((folder) => folder.role === "sent")?.name ?? "";

export const messagesIn = (folders: readonly Folder[], chosen: readonly string[]) =>
  folders
    .filter((folder) => chosen.includes(folder.name))
    .reduce((sum, folder) => sum + (folder.messages ?? 0), 0);
