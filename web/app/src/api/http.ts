// The one door to the API: JSON in and out, the account in a header, problem documents as errors.

import { watchCall } from "./health";

export interface FieldError {
  field: string;
  message: string;
}

/** An RFC 9457 problem document; `kind` is the last part of its type, such as `stale-reply`. */
export class Problem extends Error {
  readonly kind: string;
  readonly errors: FieldError[];
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
    readonly retryAfter: number | null = null,
  ) {
    super(String(body.detail ?? body.title ?? `HTTP ${status}`));
    this.name = "Problem";
    this.kind =
      String(body.type ?? "")
        .split("/")
        .pop() || "internal";
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldError[]) : [];
  }
}

/** No answer came at all: the network or the server is away. */
export class Offline extends Error {
  constructor() {
    super("offline");
    this.name = "Offline";
  }
}

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

export interface CallOptions {
  query?: Record<string, QueryValue>;
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

const base = "/api/v1";
/** A call that is not answered within this time (ms) is taken for lost; what is sent carries a key, so it may be sent again. */
const longestCall = 60_000;
/** The server gives no more at once. */
const mostAPage = 200;
let account: string | null = null;

/** Calls after this one are about the account with that slug (the router sets it from the path). */
export function setAccount(slug: string | null): void {
  account = slug;
}

export function currentAccount(): string | null {
  return account;
}

export const get = <T>(path: string, options?: CallOptions) => call<T>("GET", path, options);
export const post = <T>(path: string, body?: unknown, options?: CallOptions) =>
  call<T>("POST", path, { ...options, body });
export const put = <T>(path: string, body?: unknown) => call<T>("PUT", path, { body });
export const patch = <T>(path: string, body?: unknown) => call<T>("PATCH", path, { body });
export const del = <T = void>(path: string, body?: unknown) => call<T>("DELETE", path, { body });

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await reach(method, path, options);
  if (response.status === 204) return undefined as T;
  const payload = await readJson(response);
  if (!response.ok) throw new Problem(response.status, payload, retryAfter(response));
  return payload as T;
}

/** All pages of a list that every page of the app needs whole, such as who works here. */
export async function getAll<T>(
  path: string,
  query: Record<string, QueryValue> = {},
): Promise<{ items: T[]; next: null }> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: { items: T[]; next: string | null } = await get(path, {
      query: { ...query, limit: mostAPage, after },
    });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return { items, next: null };
}

/** Uploads one file, telling how far it is (0..1); fetch cannot, so this is an XMLHttpRequest. */
export function upload<T>(path: string, file: File, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", base + path);
    if (account) request.setRequestHeader("Kanal-Account", account);
    request.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded / e.total);
    request.onerror = () => reject(new Offline());
    request.onload = () => {
      const payload = parse(request.responseText);
      if (request.status < 300) resolve(payload as T);
      else reject(new Problem(request.status, payload));
    };
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}

async function reach(method: string, path: string, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (account) headers["Kanal-Account"] = account;
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  const ended = watchCall();
  const patience = AbortSignal.timeout(longestCall);
  try {
    const response = await fetch(base + path + queryString(options.query), {
      method,
      headers,
      signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
      credentials: "same-origin",
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    ended(response.status);
    return response;
  } catch (error) {
    ended(null);
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Offline();
  }
}

export function queryString(query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) for (const one of value) params.append(name, one);
    else params.append(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  return parse(await response.text());
}

function parse(text: string): Record<string, unknown> {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { title: "unreadable answer", type: "/problems/internal" };
  }
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
