// One WebSocket a tab, with a cursor: after a reconnect nothing is missed and nothing is doubled.
import type { LiveEvent } from "@/api/types";

export type LiveState = "connecting" | "live" | "reconnecting" | "offline";

export interface Present {
  member_id: string;
  name: string;
  typing: boolean;
}

/** What a tab says of itself: which ticket is looked at, and whether somebody writes there. */
export interface Looking {
  ticket_id: string;
  typing: boolean;
}

export interface LiveHandlers {
  onEvents: (events: LiveEvent[]) => void;
  /** The gap was too large to replay: everything has to be read again. */
  onResync: () => void;
  onState: (state: LiveState) => void;
  /** Who else looks at the ticket that this tab looks at. */
  onPresence: (ticketId: string, members: Present[]) => void;
  /** The line was refused several times over: perhaps nobody is signed in any more. */
  onRefused: () => void;
}

type ServerMessage =
  | { type: "hello"; cursor: number }
  | { type: "events"; items: LiveEvent[]; cursor: number }
  | { type: "resync"; cursor: number }
  | { type: "presence"; ticket_id: string; members: Present[] }
  | { type: "ping" };

const firstWait = 500;
const refusedAfter = 2;
const longestWait = 15_000;
/** The server pings every 25 s; a line silent for longer is dead, even if the browser has not noticed. */
const silenceLimit = 60_000;

export class LiveSocket {
  private socket: WebSocket | null = null;
  private failures = 0;
  private looking: Looking | null = null;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: (cursor: number) => string,
    private cursor: number,
    private readonly handlers: LiveHandlers,
  ) {}

  start(): void {
    this.handlers.onState("connecting");
    window.addEventListener("online", this.reconnectNow);
    window.addEventListener("offline", this.onOffline);
    if (navigator.onLine === false) this.onOffline();
    else this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    window.removeEventListener("online", this.reconnectNow);
    window.removeEventListener("offline", this.onOffline);
    this.drop();
  }

  /** Said again whenever the line is new; null: at no ticket. */
  look(looking: Looking | null): void {
    this.looking = looking;
    this.sayLooking();
  }

  private sayLooking(): void {
    this.send({ type: "looking", ...(this.looking ?? { ticket_id: null, typing: false }) });
  }

  private connect(): void {
    if (this.stopped) return;
    const socket = new WebSocket(this.url(this.cursor));
    this.socket = socket;
    socket.onmessage = (event) => this.socket === socket && this.receive(JSON.parse(String(event.data)));
    socket.onclose = () => this.socket === socket && this.retryLater();
  }

  private receive(message: ServerMessage): void {
    this.watchSilence();
    if (message.type === "hello") this.welcome();
    else if (message.type === "events") this.takeEvents(message.items, message.cursor);
    else if (message.type === "ping") this.send({ type: "pong" });
    else if (message.type === "presence") this.handlers.onPresence(message.ticket_id, message.members);
    else if (message.type === "resync") {
      this.cursor = message.cursor;
      this.handlers.onResync();
    }
  }

  /** What is not past the cursor was told before. */
  private takeEvents(events: LiveEvent[], cursor: number): void {
    const fresh = events.filter((event) => event.seq > this.cursor);
    this.cursor = Math.max(this.cursor, cursor);
    if (fresh.length) this.handlers.onEvents(fresh);
  }

  private welcome(): void {
    this.failures = 0;
    if (this.looking) this.sayLooking();
    this.handlers.onState("live");
  }

  private retryLater(): void {
    this.drop();
    if (this.stopped) return;
    this.failures += 1;
    if (this.failures === refusedAfter) this.handlers.onRefused();
    this.handlers.onState(navigator.onLine === false || this.failures > 4 ? "offline" : "reconnecting");
    this.timer = setTimeout(() => this.connect(), waitBefore(this.failures, Math.random()));
  }

  private watchSilence(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.retryLater(), silenceLimit);
  }

  private drop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private send(message: unknown): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private readonly reconnectNow = () => {
    this.failures = 0;
    this.drop();
    this.connect();
  };

  /** A line that is cut would be silent for a minute before it shows; the browser knows at once. */
  private readonly onOffline = () => {
    this.drop();
    this.handlers.onState("offline");
    this.timer = setTimeout(() => this.connect(), longestWait);
  };
}

/** Doubles with each failure, up to a limit, with jitter so that not all tabs return at once. */
export function waitBefore(failures: number, random: number): number {
  const wait = Math.min(longestWait, firstWait * 2 ** (failures - 1));
  return wait * (0.5 + random / 2);
}

export function liveUrl(location: Location, slug: string, cursor: number): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/v1/live?account=${encodeURIComponent(slug)}&cursor=${cursor}`;
}
