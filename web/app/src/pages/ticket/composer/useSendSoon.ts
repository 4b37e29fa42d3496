// Whoever types faster than the line answers sends all the same: what was asked while the rest was still being read, such
// as who gets it, leaves as soon as that is here.
import { useEffect, useState } from "react";
import type { HowToSend } from "./SendButton";

interface Options {
  /** It cannot leave now, for whatever reason. */
  blocked: boolean;
  /** The reason goes by itself: something is still being read or uploaded. */
  waiting: boolean;
  send: (how: HowToSend) => void;
}

export function useSendSoon({ blocked, waiting, send }: Options) {
  const [wanted, setWanted] = useState<HowToSend | null>(null);
  useEffect(() => {
    if (!wanted || waiting) return;
    setWanted(null);
    if (!blocked) send(wanted);
  }, [wanted, waiting, blocked, send]);
  const sendSoon = (how: HowToSend) => {
    if (waiting) setWanted(how);
    else if (!blocked) send(how);
  };
  return { send: sendSoon, soon: wanted !== null };
}
