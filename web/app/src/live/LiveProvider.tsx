// Holds the tab's live connection for the account on screen, and tells the rest of the app how it is.
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useMe } from "@/api/desk";
import type { LiveEvent } from "@/api/types";
import { catchUp, freshen, freshenAll } from "./freshen";
import { LiveSocket, type LiveState, type Looking, liveUrl, type Present } from "./socket";

type Listener = (events: LiveEvent[]) => void;
interface Live {
  state: LiveState;
  /** Hears of events until what is returned is called. */
  listen: (listener: Listener) => () => void;
  /** Says which ticket this tab looks at. */
  look: (looking: Looking | null) => void;
}

interface Presence {
  ticketId: string;
  members: Present[];
}

const LiveContext = createContext<Live>({
  state: "connecting",
  listen: () => () => undefined,
  look: () => undefined,
});
export const useLive = () => useContext(LiveContext);

const PresenceContext = createContext<Presence | null>(null);

/** Who else looks at a ticket now. */
export function usePresent(ticketId: string): Present[] {
  const presence = useContext(PresenceContext);
  return presence?.ticketId === ticketId ? presence.members : nobody;
}
const nobody: Present[] = [];

/** Events come in bursts (one mail makes five); one refresh for all of them is enough. */
const gatherFor = 80;

interface Props {
  slug: string;
  onEvents?: (events: LiveEvent[]) => void;
  children: ReactNode;
}

export function LiveProvider({ slug, onEvents, children }: Props) {
  const queryClient = useQueryClient();
  const { live_cursor } = useMe();
  const [state, setState] = useState<LiveState>("connecting");
  const listener = useRef(onEvents);
  listener.current = onEvents;
  const firstCursor = useRef(live_cursor);
  const [presence, setPresence] = useState<Presence | null>(null);
  const socket = useRef<LiveSocket | null>(null);
  // A page below says it before there is a socket.
  const wanted = useRef<Looking | null>(null);
  const look = useCallback((looking: Looking | null) => {
    wanted.current = looking;
    socket.current?.look(looking);
  }, []);
  const listeners = useRef(new Set<Listener>());
  const listen = useCallback((heard: Listener) => {
    listeners.current.add(heard);
    return () => void listeners.current.delete(heard);
  }, []);

  useEffect(() => {
    const gathered = gather((events) => {
      freshen(queryClient, slug, events);
      listener.current?.(events);
      for (const heard of listeners.current) heard(events);
    });
    const live = new LiveSocket((cursor) => liveUrl(window.location, slug, cursor), firstCursor.current, {
      onEvents: gathered.add,
      onResync: () => freshenAll(queryClient, slug),
      onState: (now) => {
        setState(now);
        // Who was here before the line broke is not known to be here now.
        if (now !== "live") setPresence(null);
        else catchUp(queryClient, slug);
      },
      onPresence: (ticketId, members) => setPresence({ ticketId, members }),
      // If it was a sign-out, this read says so, and the app goes to the sign-in page.
      onRefused: () => queryClient.invalidateQueries({ queryKey: ["account", slug, "me"] }),
    });
    socket.current = live;
    live.look(wanted.current);
    live.start();
    return () => {
      live.stop();
      gathered.stop();
    };
  }, [slug, queryClient]);

  const live = useMemo(() => ({ state, listen, look }), [state, listen, look]);
  return (
    <LiveContext value={live}>
      <PresenceContext value={presence}>{children}</PresenceContext>
    </LiveContext>
  );
}

function gather(pass: (events: LiveEvent[]) => void) {
  let waiting: LiveEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const events = waiting;
    waiting = [];
    pass(events);
  };
  return {
    add: (events: LiveEvent[]) => {
      waiting.push(...events);
      timer ??= setTimeout(flush, gatherFor);
    },
    stop: () => clearTimeout(timer),
  };
}
