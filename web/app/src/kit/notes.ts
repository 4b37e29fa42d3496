// Notes at the edge of the screen. What draws them is no part of the first page: it is fetched when the first note comes,
// or once the page stands, so that it is here before the server is out of reach and has to be told of.
import type { NotificationData } from "@mantine/notifications";
import { randomKey } from "./randomKey";

type Drawing = typeof import("@mantine/notifications");

let fetched: Promise<Drawing> | undefined;
let tell: (drawing: Drawing) => void = () => undefined;
/** What draws notes, as soon as somebody has fetched it. */
export const notesHere = new Promise<Drawing>((resolve) => {
  tell = resolve;
});

export function fetchNotes(): Promise<Drawing> {
  fetched ??= import("@mantine/notifications").catch((error) => {
    fetched = undefined;
    throw error;
  });
  fetched.then(tell, () => undefined);
  return fetched;
}

/** What is shown and hidden meanwhile is so in that order. */
export function showNote(note: NotificationData): string {
  const id = note.id ?? randomKey();
  fetchNotes().then(({ notifications }) => notifications.show({ ...note, id }), console.error);
  return id;
}

export function hideNote(id: string): void {
  fetchNotes().then(({ notifications }) => notifications.hide(id), console.error);
}
