import { notifications, notificationsStore } from "@mantine/notifications";
import { afterEach, expect, it } from "vitest";
import { fetchNotes, hideNote, showNote } from "./notes";

const shown = () => notificationsStore.getState().notifications.map((note) => note.id);

afterEach(() => notifications.clean());

it("shows a note once what draws it is here, and knows it by its id", async () => {
  const id = showNote({ message: "Saved" });
  expect(shown()).toEqual([]);
  await fetchNotes();
  expect(shown()).toEqual([id]);
});

it("hides and shows in the order in which it was asked", async () => {
  showNote({ id: "first", message: "One" });
  hideNote("first");
  showNote({ id: "first", message: "Two" });
  await fetchNotes();
  expect(notificationsStore.getState().notifications.map((note) => note.message)).toEqual(["Two"]);
});
