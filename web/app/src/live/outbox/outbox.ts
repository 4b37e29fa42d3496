// What was sent and has not reached the server yet. It is kept in the browser before it leaves, with the key that makes a
// second attempt no second message, and leaves in the order in which it was sent: at once, or when the line is back.
import { Offline, Problem } from "@/api/http";
import type { Draft } from "@/api/types";

export type State = "sending" | "waiting" | "refused";

export interface Order {
  /** The Idempotency-Key, and what it is called here. */
  key: string;
  ticket: { id: string; number: number };
  path: string;
  body: Record<string, unknown>;
  /** To be opened in the composer again. */
  draft: Draft;
  /** When somebody pressed Send. */
  at: string;
  state: State;
  /** An attempt got lost on the way: it may have arrived. */
  unsure: boolean;
  /** Why it was refused: the kind of problem, and its words. */
  why: { kind: string; words: string; version?: number } | null;
}

/** The server forgets a key after a day; what is older may have arrived, so a person decides. */
export const longestWait = 23 * 3600_000;

export type Deliver = (order: Order) => Promise<unknown>;

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

export class Outbox {
  private listeners = new Set<() => void>();
  private orders: Order[];
  private running: Promise<void> | null = null;

  constructor(
    readonly name: string,
    private readonly storage: Storage = localStorage,
  ) {
    // What was on its way when the page was closed may have arrived: the key tells.
    this.orders = this.load().map((order) =>
      order.state === "sending" ? { ...order, state: "waiting" } : order,
    );
  }

  read = (): Order[] => this.orders;

  watch = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  ofTicket(id: string): Order[] {
    return this.orders.filter(({ ticket }) => ticket.id === id);
  }

  put(order: Order): void {
    this.change((orders) => [...orders.filter(({ key }) => key !== order.key), order]);
  }

  take(key: string): void {
    this.change((orders) => orders.filter((order) => order.key !== key));
  }

  set(key: string, part: Partial<Order>): void {
    this.change((orders) => orders.map((order) => (order.key === key ? { ...order, ...part } : order)));
  }

  /** Another tab changed what waits. */
  reload(): void {
    const mine = this.orders.filter(({ state }) => state === "sending");
    const kept = this.load();
    this.orders = [...kept, ...mine.filter(({ key }) => !kept.some((one) => one.key === key))];
    this.tell();
  }

  /** Sends what waits, oldest first, until all is gone or the line is away again. */
  run(deliver: Deliver, delivered: (order: Order, answer: unknown) => void, now = Date.now): Promise<void> {
    this.running ??= this.runNow(deliver, delivered, now).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async runNow(
    deliver: Deliver,
    delivered: (order: Order, answer: unknown) => void,
    now: () => number,
  ) {
    for (let order = this.next(); order; order = this.next()) {
      const { key, at } = order;
      if (now() - Date.parse(at) > longestWait) {
        this.set(key, { state: "refused", why: { kind: "too-old", words: "" } });
        continue;
      }
      this.set(key, { state: "sending" });
      try {
        const answer = await deliver(order);
        this.take(key);
        delivered(order, answer);
      } catch (error) {
        if (mayPass(error))
          return this.set(key, { state: "waiting", unsure: order.unsure || mayHaveArrived() });
        this.set(key, { state: "refused", why: whyOf(error) });
      }
    }
  }

  /** What was refused holds back what was said after it in its ticket. */
  private next(): Order | undefined {
    const held = new Set<string>();
    for (const order of this.orders) {
      if (order.state === "waiting" && !held.has(order.ticket.id)) return order;
      held.add(order.ticket.id);
    }
    return undefined;
  }

  private change(how: (orders: Order[]) => Order[]): void {
    this.orders = how(this.orders);
    try {
      this.storage.setItem(this.name, JSON.stringify(this.orders));
    } catch {
      // No room to keep it: it still leaves while this page is open.
    }
    this.tell();
  }

  private load(): Order[] {
    try {
      return JSON.parse(this.storage.getItem(this.name) ?? "[]");
    } catch {
      return [];
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The line or the server is away: the same again later may work. */
export function mayPass(error: unknown): boolean {
  if (error instanceof Offline) return true;
  if (!(error instanceof Problem)) return false;
  return (
    error.status >= 500 || error.status === 429 || error.status === 408 || error.kind === "request-under-way"
  );
}

/** Without a network nothing left this machine. */
export const mayHaveArrived = () => navigator.onLine !== false;

export function whyOf(error: unknown): NonNullable<Order["why"]> {
  if (!(error instanceof Problem)) return { kind: "unknown", words: "" };
  const version = typeof error.body.version === "number" ? { version: error.body.version } : {};
  const words = error.errors.map(({ message }) => message).join(" ") || error.message;
  return { kind: error.kind, words, ...version };
}
