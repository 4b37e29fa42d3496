// Something shown that becomes a field when it is pressed. Afterwards the keyboard goes on at what was pressed, as soon
// as that is drawn again.
import { useCallback, useRef, useState } from "react";

export function useEditing() {
  const [editing, setEditing] = useState(false);
  const wasEdited = useRef(false);
  const edit = useCallback(() => setEditing(true), []);
  const done = useCallback(() => {
    wasEdited.current = true;
    setEditing(false);
  }, []);
  /** The `ref` of what is pressed. */
  const pressed = useCallback((element: HTMLElement | null) => {
    if (!element || !wasEdited.current) return;
    wasEdited.current = false;
    element.focus();
  }, []);
  return { editing, edit, done, pressed };
}
