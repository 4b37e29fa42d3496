import { afterEach, expect, it, vi } from "vitest";
import { fileUrl } from "./files";
import { get, Offline, Problem, post, queryString, setAccount } from "./http";
import { retryOnlyWhatMayPass } from "./queryClient";

afterEach(() => {
  vi.unstubAllGlobals();
  setAccount(null);
});

const serverSays = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const server = vi.fn(
    async (_url: string, _init: RequestInit) => new Response(JSON.stringify(body), { status, headers }),
  );
  vi.stubGlobal("fetch", server);
  return server;
};

it("a call names the account, its key and its query", async () => {
  const server = serverSays(200, { ok: true });
  setAccount("demo");
  await post(
    "/tickets",
    { subject: "Lamp" },
    { idempotencyKey: "k", query: { status: ["open", "new"], after: null } },
  );
  const [url, init] = server.mock.calls[0] ?? [];
  expect(url).toBe("/api/v1/tickets?status=open&status=new");
  expect(init?.headers).toMatchObject({ "Kanal-Account": "demo", "Idempotency-Key": "k" });
});

it("a problem document becomes an error with its kind and fields", async () => {
  const errors = [{ field: "name", message: "Say a name." }];
  serverSays(
    422,
    { type: "/problems/invalid", title: "Invalid", status: 422, errors },
    { "Retry-After": "30" },
  );
  const problem = await get("/tickets").catch((error) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ kind: "invalid", status: 422, errors, retryAfter: 30 });
});

it("an answer that is no JSON is still an error one can show", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>bad gateway", { status: 502 }));
  await expect(get("/tickets")).rejects.toMatchObject({ status: 502, kind: "internal" });
});

it("no answer is being offline; it and server faults are tried again, a refusal is not", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  await expect(get("/tickets")).rejects.toBeInstanceOf(Offline);
  expect(retryOnlyWhatMayPass(0, new Offline())).toBe(true);
  expect(retryOnlyWhatMayPass(0, new Problem(503, {}))).toBe(true);
  expect(retryOnlyWhatMayPass(0, new Problem(404, {}))).toBe(false);
  expect(retryOnlyWhatMayPass(2, new Offline())).toBe(false);
});

it("an empty query is no query", () => {
  expect(queryString({ after: null, team: "" })).toBe("");
});

it("an address of a file carries the account, which a link cannot put in a header", () => {
  setAccount("demo");
  expect(fileUrl("/api/v1/attachments/a1", true)).toBe("/api/v1/attachments/a1?account=demo&inline=1");
  expect(fileUrl("/api/v1/attachments/a1?account=x")).toBe("/api/v1/attachments/a1?account=x");
});
