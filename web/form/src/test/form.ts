/** A form as the server draws it, in this page. */
import type { Behaviour, Rule } from "../model";
import type { View } from "../screen";

export const FIELDS: Rule[] = [
  { name: "email", type: "email", required: true, limits: { max_length: 254 } },
  { name: "topic", type: "select", required: true, limits: {} },
  {
    name: "order",
    type: "number",
    required: true,
    when: { field: "topic", operator: "is", value: "order" },
    limits: { min: 1, max: 99 },
  },
  { name: "picture", type: "file", limits: { files: 2, file_bytes: 5_000_000, file_groups: ["image"] } },
  { name: "agree", type: "consent", required: true, limits: {} },
  { name: "campaign", type: "text", hidden: true, given: true },
];

export const WRONG = {
  required: "Fill this in.",
  choose: "Choose one.",
  tick: "Tick this to go on.",
  email: "Write an email address, such as eva@example.com.",
  number: "Write a number.",
  least: "Write {limit} or more.",
  most: "Write {limit} or less.",
  long: "Write at most {most} characters.",
  phone: "Write a phone number.",
  phone_with_country: "Write a phone number with its country.",
  files: "Choose {most} files at most.",
  large: "{name} is too large; a file may have {megabytes} MB at most.",
  group: "{name} is not a kind of file that can be sent here.",
};

export const BEHAVIOUR: Behaviour = {
  language: "en",
  fields: FIELDS,
  texts: {
    sending: "Sending …",
    offline: "Offline; everything is still here.",
    busy: "Not now.",
    too_many: "Wait a moment.",
    problem_one: "One thing has to be put right",
    problem_many: "{count} things have to be put right",
    thanks_title: "Thank you",
    thanks: "We have it.",
  },
  wrong: WRONG,
  captcha: null,
};

const field = (name: string, inner: string) =>
  `<div class="kf-field" data-field="${name}"><label class="kf-label" for="kf-${name}"><span>${name}</span></label>
  ${inner}<p class="kf-error" id="kf-${name}-error"></p></div>`;

export const MARKUP = `<div class="kanal-form"><div class="kf-inner"><form class="kf-form" action="/f/key">
  <div class="kf-summary" tabindex="-1" hidden></div>
  ${field("email", '<input id="kf-email" name="email" type="email">')}
  ${field("topic", '<select id="kf-topic" name="topic"><option value=""></option><option value="order">Order</option></select>')}
  ${field("order", '<input id="kf-order" name="order">')}
  ${field("picture", '<input id="kf-picture" name="picture" type="file" accept="image/*" multiple>')}
  ${field("agree", '<input id="kf-agree" name="agree" type="checkbox" value="true">')}
  <input type="hidden" name="_submission" value="token-1">
  <button class="kf-button" type="submit">Send</button><p class="kf-status"></p></form></div></div>`;

export function standing(): View {
  document.body.innerHTML = MARKUP;
  const box = document.querySelector<HTMLElement>(".kanal-form");
  const form = box?.querySelector("form");
  if (!box || !form) throw new Error("the markup has no form");
  return { box, form };
}

export function type(name: string, value: string): void {
  const control = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!control) throw new Error(`no field ${name}`);
  if (control.type === "checkbox") control.checked = value === "true";
  else control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
