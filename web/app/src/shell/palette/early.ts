// What is typed from the moment that the palette was asked for belongs to it, though it may still have to be fetched.
import { useEffect, useRef, useState } from "react";

let text = "";
let entered = false;
let tell: (() => void) | undefined;

export function hearEarly(): void {
  text = "";
  entered = false;
  window.addEventListener("keydown", hear, { capture: true });
}

export function stopHearing(): void {
  window.removeEventListener("keydown", hear, { capture: true });
}

function hear(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length === 1) text += event.key;
  else if (event.key === "Backspace") text = text.slice(0, -1);
  else if (event.key === "Enter") entered = true;
  else return;
  event.preventDefault();
  event.stopPropagation();
  tell?.();
}

/** What stands in the field, which until it has the focus is what was heard; `onEnter` is told of an Enter among it. */
export function useTyped(onEnter: () => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(text);
  const enter = useRef(onEnter);
  useEffect(() => {
    enter.current = onEnter;
  });
  useEffect(() => {
    tell = () => {
      setTyped(text);
      if (!entered) return;
      stopHearing();
      // Once the text is in the field and its lines are there.
      setTimeout(() => enter.current());
    };
    tell();
    return () => {
      tell = undefined;
      stopHearing();
    };
  }, []);
  return [typed, setTyped];
}
