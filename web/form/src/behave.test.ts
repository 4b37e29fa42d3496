import { beforeEach, expect, test, vi } from "vitest";
import { behave } from "./behave";
import type { View } from "./screen";
import { BEHAVIOUR, standing, type } from "./test/form";

let view: View;
const sent: URLSearchParams[] = [];
let answers: (() => Promise<Response>)[] = [];
const beacons: string[] = [];

/** The network: what is sent is written down, and the answers come in turn. */
beforeEach(() => {
  sent.length = beacons.length = 0;
  answers = [];
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.stubGlobal("fetch", (_: string, { body }: { body: URLSearchParams }) => {
    sent.push(body);
    return (answers.shift() ?? taken)();
  });
  navigator.sendBeacon = (address) => Boolean(beacons.push(String(address)));
  view = standing();
  behave(view, BEHAVIOUR, {
    address: "https://desk.example/f/key",
    more: () => ({ _page: "https://shop.example/contact" }),
    captcha: () => null,
    thanked: () => undefined,
  });
});

const answered = (status: number, body: unknown) => async () =>
  new Response(JSON.stringify(body), { status });
const taken = answered(201, { id: "1", thanks: { text: null }, redirect: null });
const broken = () => Promise.reject(new TypeError("no network"));

async function submit(): Promise<void> {
  view.form.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.runAllTimersAsync();
}

function fillIn(): void {
  type("email", "eva@example.com");
  type("topic", "order");
  type("order", "12");
  type("agree", "true");
}

const field = (name: string) => view.form.querySelector<HTMLElement>(`[data-field=${name}]`);
const errorOf = (name: string) => field(name)?.querySelector(".kf-error")?.textContent;

test("a field appears when its condition holds", () => {
  expect(field("order")?.hidden).toBe(true);
  type("topic", "order");
  expect(field("order")?.hidden).toBe(false);
});

test("what is wrong is said beside its field and on top, and nothing is sent", async () => {
  type("email", "nobody");
  await submit();
  expect(sent).toEqual([]);
  expect(errorOf("email")).toBe("Write an email address, such as eva@example.com.");
  expect(errorOf("order")).toBe("");
  expect(view.form.querySelectorAll(".kf-summary li")).toHaveLength(3);
  expect(document.activeElement).toBe(view.form.querySelector(".kf-summary"));
});

test("what is right again is said at once", async () => {
  await submit();
  expect(errorOf("email")).toBe("Fill this in.");
  type("email", "eva@example.com");
  expect(errorOf("email")).toBe("");
});

test("everything is sent once, and thanks take the form's place", async () => {
  fillIn();
  await submit();
  expect(Object.fromEntries(sent[0] ?? [])).toEqual({
    email: "eva@example.com",
    topic: "order",
    order: "12",
    agree: "true",
    _submission: "token-1",
    _page: "https://shop.example/contact",
  });
  expect(view.box.textContent).toContain("Thank you");
  expect(document.activeElement?.className).toBe("kf-said");
});

test("what was typed into a field that is no longer shown stays here", async () => {
  fillIn();
  const hidden = field("order")?.querySelector("input");
  view.form.querySelector<HTMLOptionElement>("option[value=order]")?.setAttribute("value", "other");
  type("topic", "other");
  await submit();
  expect(sent[0]?.has("order")).toBe(false);
  expect(hidden?.value).toBe("12");
});

test("without a network everything stays, and the next try has the same token", async () => {
  fillIn();
  answers = [broken, broken];
  await submit();
  expect(view.form.querySelector(".kf-summary")?.textContent).toContain("Offline");
  expect(view.form.querySelector<HTMLInputElement>("[name=email]")?.value).toBe("eva@example.com");
  await submit();
  expect(sent.map((body) => body.get("_submission"))).toEqual(["token-1", "token-1", "token-1"]);
  expect(view.box.textContent).toContain("Thank you");
});

test("what the server finds wrong is shown as what the browser finds", async () => {
  fillIn();
  answers = [answered(422, { errors: [{ field: "email", message: "We know no such <b>host</b>." }] })];
  await submit();
  expect(errorOf("email")).toBe("We know no such <b>host</b>.");
  expect(view.form.querySelector(".kf-summary b")).toBeNull();
});

test.each([
  [429, {}, "Wait a moment."],
  [410, { detail: "Closed for the summer." }, "Closed for the summer."],
  [503, { detail: "psycopg" }, "Not now."],
  [502, "no json", "Not now."],
])("%s is told", async (status, body, words) => {
  fillIn();
  answers = [answered(status, body)];
  await submit();
  expect(view.form.querySelector(".kf-summary p")?.textContent).toBe(words);
});

test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", 7])(
  "%s leads nowhere",
  async (redirect) => {
    fillIn();
    answers = [answered(201, { thanks: { text: "Thanks!" }, redirect })];
    await submit();
    expect(view.box.textContent).toContain("Thanks!");
  },
);

test("the first letter is counted, once, without what it was", () => {
  expect(beacons).toEqual([]);
  fillIn();
  expect(beacons).toEqual(["https://desk.example/f/key/started"]);
  expect(sent).toEqual([]);
});
