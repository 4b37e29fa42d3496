// A channel's routing while it is edited: the draft over what is stored, what is wrong with it, saving and discarding.
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import type { RoutedChannel, Routing } from "@/api/routing";
import { explain } from "@/kit/explain";
import { useChangeChannel } from "../useChangeChannel";
import { draftOf, forServer, isSame } from "./draft";
import { Faults } from "./faults";
import { problemWords } from "./problemWords";

/** What the form shows at a field; anything else the server says is said in the bar. */
const fields = [
  "properties",
  "rules",
  "assign",
  "to",
  "fallback",
  "answer_limit_hours",
  "owner_wait_hours",
  "waiting_too_long_minutes",
  "working_hours",
  "timezone",
];

interface Refusal {
  error: unknown;
  routing: Routing;
}

/** The draft over what is stored: it follows changes from elsewhere until somebody edits. */
export function useEdit(channel: RoutedChannel) {
  const { t } = useTranslation("routing");
  const stored = useMemo(() => draftOf(channel.routing), [channel.routing]);
  const [draft, setDraft] = useState<Routing | null>(null);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const save = useChangeChannel(channel.id);
  const routing = draft ?? stored;
  const dirty = draft !== null && !isSame(draft, stored);
  const problems = channel.routing_problems;
  const faults = useMemo(() => {
    if (refused) return new Faults(errorsOf(refused.error), refused.routing, routing);
    return new Faults(
      (problems ?? []).filter((one) => !one.warning),
      stored,
    );
  }, [refused, problems, stored, routing]);
  const warnings = useMemo(
    () =>
      new Faults(
        (problems ?? []).filter((one) => one.warning),
        stored,
      ),
    [problems, stored],
  );
  const change = (how: (routing: Routing) => Routing) => setDraft((now) => how(now ?? stored));
  return {
    routing,
    faults,
    warnings,
    refused: refused !== null,
    dirty,
    change,
    set: (some: Partial<Routing>) => change((now) => ({ ...now, ...some })),
    discard: () => {
      setDraft(null);
      setRefused(null);
    },
    save: (done: () => void) =>
      save.mutate(
        { routing: forServer(routing) },
        {
          onSuccess: () => {
            setDraft(null);
            setRefused(null);
            done();
          },
          onError: (error) => setRefused({ error, routing }),
        },
      ),
    saving: save.isPending,
    wrong: refused ? faults.count : 0,
    fault: refused ? aboveOf(refused.error, faults, t) : null,
  };
}

const errorsOf = (error: unknown) => (error instanceof Problem ? error.errors : []);

function aboveOf(error: unknown, faults: Faults, t: Parameters<typeof explain>[1]): string | null {
  if (errorsOf(error).length === 0) return explain(error, t);
  return (
    faults
      .outside(fields)
      .map((said) => problemWords(said, t))
      .join(" ") || null
  );
}
