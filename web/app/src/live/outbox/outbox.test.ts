import { beforeEach, describe, expect, it } from "vitest";
import { Offline, Problem } from "@/api/http";
import { longestWait, type Order, Outbox } from "./outbox";

const now = Date.parse("2026-03-02T10:00:00Z");
const order = (key: string, part: Partial<Order> = {}): Order => ({
  key,
  ticket: { id: "t1", number: 7 },
  path: "/tickets/t1/replies",
  body: { html: key },
  draft: {
    html: key,
    to: [],
    cc: [],
    bcc: [],
    attachments: [],
    mode: "reply",
    seen_version: 1,
    about: null,
    channel: null,
    updated_at: "2026-03-02T10:00:00Z",
  },
  at: "2026-03-02T10:00:00Z",
  state: "waiting",
  why: null,
  unsure: false,
  ...part,
});

let outbox: Outbox;
let sent: string[];
let done: string[];
const delivered = ({ key }: Order) => void done.push(key);
const run = (deliver: (order: Order) => Promise<unknown>) => outbox.run(deliver, delivered, () => now);
const works = async ({ key }: Order) => void sent.push(key);
const states = () => outbox.read().map(({ key, state }) => `${key} ${state}`);

beforeEach(() => {
  localStorage.clear();
  outbox = new Outbox("box");
  sent = [];
  done = [];
});

describe("what waits", () => {
  it("leaves in the order in which it was sent", async () => {
    for (const key of ["a", "b", "c"]) outbox.put(order(key));
    await run(works);
    expect([sent, done, outbox.read()]).toEqual([["a", "b", "c"], ["a", "b", "c"], []]);
  });

  it("stays, with all behind it, while the line is away", async () => {
    outbox.put(order("a"));
    outbox.put(order("b"));
    await run(() => Promise.reject(new Offline()));
    expect(states()).toEqual(["a waiting", "b waiting"]);
    await run(() => Promise.reject(new Problem(503, {})));
    expect(states()).toEqual(["a waiting", "b waiting"]);
  });

  it("is there after a reload, also what was just leaving", async () => {
    outbox.put(order("a", { state: "sending" }));
    outbox = new Outbox("box");
    expect(states()).toEqual(["a waiting"]);
  });

  it("is sent once, however often it is tried at once", async () => {
    outbox.put(order("a"));
    await Promise.all([run(works), run(works), run(works)]);
    expect(sent).toEqual(["a"]);
  });
});

describe("what is refused", () => {
  const stale = new Problem(409, { type: "/problems/stale-reply", version: 9, detail: "Somebody wrote." });

  it("waits for a person, and holds back what follows in its ticket but not in others", async () => {
    outbox.put(order("a"));
    outbox.put(order("b"));
    outbox.put(order("c", { ticket: { id: "t2", number: 8 } }));
    await run(async (one) => (one.key === "a" ? Promise.reject(stale) : works(one)));
    expect([sent, states()]).toEqual([["c"], ["a refused", "b waiting"]]);
    expect(outbox.read()[0]?.why).toEqual({ kind: "stale-reply", words: "Somebody wrote.", version: 9 });
    outbox.take("a");
    await run(works);
    expect(sent).toEqual(["c", "b"]);
  });

  it("is what waited so long that the server may have forgotten it", async () => {
    outbox.put(order("a", { at: new Date(now - longestWait - 1).toISOString() }));
    await run(works);
    expect([sent, outbox.read()[0]?.why?.kind]).toEqual([[], "too-old"]);
  });
});
