// Which submissions came in since the list was first drawn; they are marked for a few seconds.
import { useEffect, useRef, useState } from "react";
import type { Submission } from "@/api/submissions";

const markedFor = 6000;

/** With another `about` it is another list, in which nothing is fresh at first. */
export function useFresh(submissions: Submission[], about: string): ReadonlySet<string> {
  const newest = useRef({ about, at: "" });
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const known = newest.current.about === about ? newest.current.at : "";
    const came = known ? submissions.filter(({ received_at }) => received_at > known) : [];
    newest.current = {
      about,
      at: submissions.reduce(
        (latest, { received_at }) => (received_at > latest ? received_at : latest),
        known,
      ),
    };
    if (came.length) setFresh((marked) => new Set([...marked, ...came.map(({ id }) => id)]));
  }, [submissions, about]);

  useEffect(() => {
    if (fresh.size === 0) return;
    const timer = setTimeout(() => setFresh(new Set()), markedFor);
    return () => clearTimeout(timer);
  }, [fresh]);

  return fresh;
}
