import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { embed, fillIn } from "./embed";
import { BEHAVIOUR, FIELDS, MARKUP, standing } from "./test/form";

const asked: string[] = [];
let answer: () => Response;

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return answer();
  });
});
afterEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: as in visitor.ts.
  document.cookie = "kanal_visitor=; max-age=0";
});

async function tagged(consent = ""): Promise<ShadowRoot> {
  document.body.innerHTML = "<main><script></script><p>after</p></main>";
  const script = document.querySelector("script") as HTMLScriptElement;
  Object.defineProperty(script, "src", { value: "https://desk.example/f/key.js?v=1" });
  script.dataset.consent = consent;
  embed(script);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return script.nextElementSibling?.shadowRoot as ShadowRoot;
}

test("the form stands after its tag, in a root of its own", async () => {
  answer = () => Response.json({ ...BEHAVIOUR, html: MARKUP, css: ".kanal-form { color: red }" });
  const root = await tagged();
  expect(asked).toEqual(["https://desk.example/f/key/definition"]);
  expect(root.querySelector("[name=email]")).not.toBeNull();
  expect(document.querySelector("form")).toBeNull();
  expect(document.cookie).not.toContain("kanal_visitor");
});

test("the cookie is set at once where the page says that the visitor agreed", async () => {
  answer = () => Response.json({ ...BEHAVIOUR, html: MARKUP, css: "" });
  await tagged("true");
  expect(document.cookie).toMatch(/kanal_visitor=[0-9a-f]{32}/);
});

test("a form that is closed says so in its place", async () => {
  answer = () =>
    Response.json(
      { detail: "x", html: '<div class="kanal-form"><h1>Closed</h1></div>', css: "" },
      { status: 410 },
    );
  expect((await tagged()).textContent).toContain("Closed");
});

test("where it cannot be had, a link leads to its own page", async () => {
  answer = () => new Response("gateway", { status: 502 });
  expect((await tagged()).querySelector("a")?.getAttribute("href")).toBe("https://desk.example/f/key");
});

test("the page's address fills in what it may", () => {
  const { form } = standing();
  const rules = [...FIELDS, { name: "status", type: "select", hidden: true, given: false }];
  fillIn(
    form,
    rules,
    new URLSearchParams("email=eva@example.com&topic=order&agree=on&campaign=spring&status=new&_started=x"),
  );
  const data = Object.fromEntries(new FormData(form));
  expect(data).toMatchObject({ email: "eva@example.com", topic: "order", campaign: "spring" });
  expect(data).not.toHaveProperty("agree");
  expect(data).not.toHaveProperty("status");
  expect(data).not.toHaveProperty("_started");
});
