// Tells others that this tab looks at a ticket, and for as long as somebody types that they do.
import { useDocumentVisibility } from "@mantine/hooks";
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import { useLive } from "@/live/LiveProvider";

/** Who pauses longer is not writing just now. */
const pause = 4000;

export const TypingContext = createContext<() => void>(() => {});

/** To be called with each change of what is written. */
export const useTyping = () => useContext(TypingContext);

/** What is returned says that something was typed. */
export function usePresence(ticketId: string): () => void {
  const { look } = useLive();
  const visible = useDocumentVisibility() === "visible";
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    look(visible ? { ticket_id: ticketId, typing } : null);
  }, [look, visible, ticketId, typing]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      look(null);
    },
    [look],
  );
  return useCallback(() => {
    setTyping(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTyping(false), pause);
  }, []);
}
