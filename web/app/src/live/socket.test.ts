import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveEvent } from "@/api/types";
import { makeLiveEvent } from "@/test/make/timeline";
import { LiveSocket, type LiveState, liveUrl, waitBefore } from "./socket";

/** The server's end of the line. */
class Line {
  static all: Line[] = [];
  static OPEN = 1;
  readyState = 1;
  sent: unknown[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly url: string) {
    Line.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  says(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

let seen: number[];
let states: LiveState[];
let resyncs: number;
let refusals: number;
let present: string[][];
let live: LiveSocket;
const line = () => Line.all[Line.all.length - 1] as Line;
const event = (seq: number): LiveEvent => makeLiveEvent({ seq });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Line);
  Line.all = [];
  seen = [];
  states = [];
  resyncs = 0;
  refusals = 0;
  present = [];
  live = new LiveSocket((cursor) => `ws://desk/live?cursor=${cursor}`, 10, {
    onEvents: (events) => seen.push(...events.map((one) => one.seq)),
    onResync: () => {
      resyncs += 1;
    },
    onState: (state) => states.push(state),
    onPresence: (_ticket, members) => present.push(members.map(({ name }) => name)),
    onRefused: () => {
      refusals += 1;
    },
  });
  live.start();
});

afterEach(() => {
  live.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("connects with the cursor it was given", () => {
  expect(line().url).toBe("ws://desk/live?cursor=10");
});

it("passes events on once, however often they are told", () => {
  line().says({ type: "hello", cursor: 10 });
  line().says({ type: "events", items: [event(11), event(12)], cursor: 12 });
  line().says({ type: "events", items: [event(12), event(13)], cursor: 13 });
  expect(seen).toEqual([11, 12, 13]);
});

it("comes back with the cursor it had reached", () => {
  line().says({ type: "hello", cursor: 10 });
  line().says({ type: "events", items: [event(11)], cursor: 11 });
  line().onclose?.();
  expect(states).toEqual(["connecting", "live", "reconnecting"]);
  vi.advanceTimersByTime(1000);
  expect(Line.all).toHaveLength(2);
  expect(line().url).toBe("ws://desk/live?cursor=11");
});

it("a hello alone does not move the cursor: what happened in between is still to come", () => {
  line().says({ type: "hello", cursor: 15 });
  line().says({ type: "events", items: [event(11), event(15)], cursor: 15 });
  expect(seen).toEqual([11, 15]);
});

it("answers a ping and takes the new cursor of a resync", () => {
  line().says({ type: "ping" });
  expect(line().sent).toEqual([{ type: "pong" }]);
  line().says({ type: "resync", cursor: 900 });
  expect(resyncs).toBe(1);
  line().onclose?.();
  vi.advanceTimersByTime(1000);
  expect(line().url).toBe("ws://desk/live?cursor=900");
});

it("a silent line is given up", () => {
  line().says({ type: "hello", cursor: 10 });
  vi.advanceTimersByTime(62_000);
  expect(Line.all.length).toBeGreaterThan(1);
});

it("is offline after several failures, and stops for good when told to", () => {
  for (let failure = 0; failure < 6; failure += 1) {
    line().onclose?.();
    vi.advanceTimersByTime(20_000);
  }
  expect(states[states.length - 1]).toBe("offline");
  live.stop();
  const lines = Line.all.length;
  vi.advanceTimersByTime(60_000);
  expect(Line.all).toHaveLength(lines);
});

it("a line that is refused twice is told of once, a broken one that comes back is not", () => {
  line().says({ type: "hello", cursor: 10 });
  line().onclose?.();
  vi.advanceTimersByTime(1000);
  expect(refusals).toBe(0);
  for (let refused = 0; refused < 3; refused += 1) {
    line().onclose?.();
    vi.advanceTimersByTime(20_000);
  }
  expect(refusals).toBe(1);
});

it("waits longer with each failure, within bounds", () => {
  expect(waitBefore(1, 1)).toBe(500);
  expect(waitBefore(3, 1)).toBe(2000);
  expect(waitBefore(30, 1)).toBe(15_000);
  expect(waitBefore(30, 0)).toBe(7500);
});

it("speaks wss where the page came by https", () => {
  const page = { protocol: "https:", host: "desk.example" } as Location;
  expect(liveUrl(page, "demo", 5)).toBe("wss://desk.example/api/v1/live?account=demo&cursor=5");
});

describe("who looks", () => {
  const looking = { ticket_id: "t1", typing: true };

  it("is said when it changes, and again on a new line", () => {
    line().says({ type: "hello", cursor: 10 });
    live.look(looking);
    expect(line().sent).toEqual([{ type: "looking", ...looking }]);
    line().onclose?.();
    vi.advanceTimersByTime(1000);
    line().says({ type: "hello", cursor: 10 });
    expect(line().sent).toEqual([{ type: "looking", ...looking }]);
    live.look(null);
    expect(line().sent.at(-1)).toEqual({ type: "looking", ticket_id: null, typing: false });
  });

  it("is told of others", () => {
    const ann = { member_id: "ann", name: "Ann", typing: false };
    line().says({ type: "presence", ticket_id: "t1", members: [ann] });
    expect(present).toEqual([["Ann"]]);
  });
});

it("lets go of a line when the browser is offline, and takes a new one when it is back", () => {
  line().says({ type: "hello", cursor: 10 });
  const old = line();
  window.dispatchEvent(new Event("offline"));
  expect([old.readyState, states.at(-1)]).toEqual([3, "offline"]);
  window.dispatchEvent(new Event("online"));
  expect(line()).not.toBe(old);
});
