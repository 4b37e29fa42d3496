/** Puts a form where its script tag stands on somebody's site: in a shadow root, so that no style gets in or out. */
import { behave } from "./behave";
import type { Definition, Rule } from "./model";
import { scheme } from "./scheme";
import { controlsOf } from "./values";
import { visitor } from "./visitor";

/** `script` is the tag itself, whose address is the form's with `.js`. */
export function embed(script: HTMLScriptElement): void {
  if (script.dataset.consent === "true") visitor();
  const address = script.src.replace(/\.js(\?.*)?$/, "");
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  // The page's own styles reach the host element, unless it says louder that it is nothing but a block.
  host.style.setProperty("all", "initial", "important");
  host.style.setProperty("display", "block", "important");
  place(host, script);
  fill(host, root, address).catch(() => instead(root, address));
}

function place(host: HTMLElement, script: HTMLScriptElement): void {
  if (script.isConnected && document.body?.contains(script)) script.after(host);
  else if (document.body) document.body.append(host);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(host));
}

/** A form that is closed or gone comes as a problem that brings what to show. */
async function fill(host: HTMLElement, root: ShadowRoot, address: string): Promise<void> {
  const answer = await fetch(`${address}/definition`);
  const definition: Definition = await answer.json();
  if (!definition.html) throw new Error(`${answer.status}`);
  dress(root, definition.css);
  root.append(...parsed(definition.html));
  const box = root.querySelector<HTMLElement>(".kanal-form");
  if (!box) return;
  follow(box, host);
  const form = box.querySelector("form");
  if (!form || !answer.ok) return;
  fillIn(form, definition.fields, new URLSearchParams(location.search));
  behave({ box, form }, definition, {
    address,
    more: () => ({ _page: location.origin + location.pathname, _visitor: visitor() }),
    captcha: () => slotted(host),
    thanked: () => undefined,
  });
}

/** A stylesheet made by a script is let through by the strictest policy of a site. */
function dress(root: ShadowRoot, css: string): void {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement("style");
  style.textContent = css;
  root.append(style);
}

function parsed(html: string): Node[] {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

/** Light or dark as the page around it, also when that changes. */
function follow(box: HTMLElement, host: HTMLElement): void {
  const look = () => {
    box.dataset.scheme = scheme(host);
  };
  look();
  matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", () => setTimeout(look));
}

/** Nobody but the visitor consents, and an address has no files. */
const NEVER = new Set(["file", "consent"]);

/** What the page's address says, of fields that it may say. */
export function fillIn(form: HTMLFormElement, rules: Rule[], query: URLSearchParams): void {
  for (const rule of rules) {
    const values = query.getAll(rule.name);
    if (values.length === 0 || NEVER.has(rule.type)) continue;
    if (rule.hidden) {
      if (rule.given)
        for (const value of values) form.insertAdjacentElement("beforeend", unseen(rule.name, value));
    } else for (const control of controlsOf(form, rule.name)) put(control as HTMLInputElement, values);
  }
}

function put(control: HTMLInputElement, values: string[]): void {
  if (control.type !== "checkbox") control.value = values[0] ?? "";
  else control.checked = values.includes(control.value) || (control.value === "true" && values.some(isYes));
}

function isYes(value: string): boolean {
  return /^(on|true|1|yes)$/i.test(value.trim());
}

function unseen(name: string, value: string): HTMLInputElement {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

/** Providers look for their widgets in the page itself, so it stands there and shows through a slot. */
function slotted(host: HTMLElement): HTMLElement {
  const place = document.createElement("div");
  place.slot = "captcha";
  host.append(place);
  return place;
}

/** Where the form cannot be had here, a link to its own page still helps. */
function instead(root: ShadowRoot, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = document.documentElement.lang.startsWith("sv") ? "Öppna formuläret" : "Open the form";
  root.replaceChildren(link);
}
