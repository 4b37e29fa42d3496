// Which version of the conversation the agent has really seen: the stale-reply guard compares against it.
import { useDocumentVisibility } from "@mantine/hooks";
import { useCallback, useEffect, useState } from "react";

/** What flashed up a moment before the click on Send was not read. */
const noticedAfter = 2000;

export function useSeenVersion(version: number | undefined, atEnd: boolean) {
  const visible = useDocumentVisibility() === "visible";
  const [seen, setSeen] = useState(version);
  const accept = useCallback((known: number) => setSeen((before) => Math.max(before ?? 0, known)), []);

  // What the ticket opened with is seen at once.
  if (seen === undefined && version !== undefined) setSeen(version);

  useEffect(() => {
    if (version === undefined || !visible || !atEnd) return;
    const timer = setTimeout(() => accept(version), noticedAfter);
    return () => clearTimeout(timer);
  }, [version, visible, atEnd, accept]);

  return { version: seen, accept };
}
