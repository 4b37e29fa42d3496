import { expect, it, vi } from "vitest";
import { createClient, type Problem } from "./index";

const baseUrl = "https://desk.example";
const server = (status: number, body: unknown) =>
  vi.fn(async (_: Request) => new Response(JSON.stringify(body), { status }));

it("a program's calls carry its token, and say what they want", async () => {
  const fetch = server(200, { items: [{ number: 7 }], next: null });
  const { data } = await createClient({ baseUrl, fetch, token: "t" }).GET("/api/v1/tickets", {
    params: { query: { status: ["open", "new"], limit: 10 } },
  });
  const request = fetch.mock.calls[0]?.[0];
  expect(request?.url).toBe(`${baseUrl}/api/v1/tickets?status=open&status=new&limit=10`);
  expect(request?.headers.get("Authorization")).toBe("Bearer t");
  expect(data?.items[0]?.number).toBe(7);
});

it("a page's calls name the account", async () => {
  const fetch = server(200, {});
  await createClient({ baseUrl, fetch, account: "demo" }).GET("/api/v1/me");
  expect(fetch.mock.calls[0]?.[0].headers.get("Kanal-Account")).toBe("demo");
});

it("a refusal is a problem, with what that type adds", async () => {
  const fetch = server(409, {
    type: "/problems/address-in-use",
    title: "In use",
    status: 409,
    channel_name: "Shop",
  });
  const { error } = await createClient({ baseUrl, fetch, token: "t" }).GET("/api/v1/me");
  const problem: Problem | undefined = error;
  expect(problem?.type).toBe("/problems/address-in-use");
  expect(problem?.channel_name).toBe("Shop");
});

it("one says either a token or an account", () => {
  // @ts-expect-error neither
  createClient({ baseUrl });
  // @ts-expect-error both
  createClient({ baseUrl, token: "t", account: "demo" });
});
