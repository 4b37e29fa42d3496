// Where notes appear.
import type { NotificationsProps } from "@mantine/notifications";
import { type ComponentType, useEffect, useState } from "react";
import { fetchNotes, notesHere } from "./notes";

/** By then the first page stands. */
const fetchedAfter = 3_000;

export function NotesPlace() {
  const [Shown, setShown] = useState<ComponentType<NotificationsProps> | null>(null);
  useEffect(() => {
    notesHere.then(({ Notifications }) => setShown(() => Notifications));
    const timer = setTimeout(() => fetchNotes().catch(console.error), fetchedAfter);
    return () => clearTimeout(timer);
  }, []);
  return Shown && <Shown position="bottom-left" limit={4} autoClose={6000} />;
}
