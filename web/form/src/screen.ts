/** What a form shows while it is filled in: the fields that belong there, what is wrong, how far the sending is, thanks.
 * Texts go in as text, never as markup. */
import { filled } from "./check";
import type { Behaviour, Errors } from "./model";
import { controlsOf, fieldOf, type Reading } from "./values";

export type View = { box: HTMLElement; form: HTMLFormElement };

/** What is not shown is not sent either; what was typed there stays. */
export function showFields({ form }: View, { fields }: Behaviour, { shown }: Reading): void {
  for (const { name, hidden } of fields) {
    const field = hidden ? null : fieldOf(form, name);
    if (!field) continue;
    field.hidden = !shown.has(name);
    for (const control of controlsOf(form, name)) control.disabled = field.hidden;
  }
}

export function showError({ form }: View, name: string, error: string): void {
  const field = fieldOf(form, name);
  const line = field?.querySelector(".kf-error");
  if (!field || !line) return;
  line.textContent = error;
  field.classList.toggle("kf-bad", error !== "");
  for (const control of controlsOf(form, name)) {
    if (error) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/** Each beside its field, and all of them on top, where the focus goes. */
export function showErrors(view: View, behaviour: Behaviour, errors: Errors): void {
  for (const { name, hidden } of behaviour.fields) if (!hidden) showError(view, name, errors.get(name) ?? "");
  const summary = view.form.querySelector<HTMLElement>(".kf-summary");
  if (!summary) return;
  summary.hidden = errors.size === 0;
  summary.replaceChildren(...summaryOf(view, behaviour, errors));
  if (errors.size > 0) summary.focus();
}

export function showStatus({ form }: View, text: string, sending: boolean): void {
  const status = form.querySelector(".kf-status");
  if (status) status.textContent = text;
  const button = form.querySelector(".kf-button");
  if (sending) button?.setAttribute("aria-disabled", "true");
  else button?.removeAttribute("aria-disabled");
}

export function showThanks({ box }: View, { texts }: Behaviour, text: string | null): void {
  const said = element("div", "kf-said");
  said.tabIndex = -1;
  said.setAttribute("role", "status");
  said.innerHTML = SIGN;
  said.append(
    element("h1", "kf-title", texts.thanks_title),
    element("p", "kf-intro", text || texts.thanks || ""),
  );
  box.querySelector(".kf-inner")?.replaceChildren(said);
  said.focus();
  said.scrollIntoView?.({ block: "nearest" });
}

/** The closing time where the visitor is. */
export function showLocalTime({ box }: View, language: string): void {
  const time = box.querySelector<HTMLTimeElement>(".kf-until time");
  if (time)
    time.textContent = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(
      new Date(time.dateTime),
    );
}

const SIGN =
  '<svg class="kf-sign" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 12.5l5.5 5.5L20 7"/></svg>';

function summaryOf(view: View, { texts, fields }: Behaviour, errors: Errors): HTMLElement[] {
  const wrong = fields.filter(({ name, hidden }) => !hidden && errors.has(name));
  const general = [...errors].filter(([name]) => !wrong.some((field) => field.name === name));
  const parts: HTMLElement[] = general.map(([, text]) => element("p", "", text));
  if (wrong.length > 0) {
    const title = wrong.length === 1 ? texts.problem_one : texts.problem_many;
    parts.unshift(element("h2", "", filled(title ?? "", { count: wrong.length })));
    const list = element("ul", "");
    list.append(...wrong.map(({ name }) => lineOf(view, name, errors.get(name) ?? "")));
    parts.push(list);
  }
  return parts;
}

/** A link that works in a shadow root too, where addresses do not reach. */
function lineOf({ form }: View, name: string, error: string): HTMLElement {
  const label =
    fieldOf(form, name)?.querySelector(".kf-label span, .kf-choice span span")?.textContent ?? name;
  const link = element("a", "", `${label} – ${error}`) as HTMLAnchorElement;
  link.href = `#kf-${name}`;
  link.onclick = (event) => {
    event.preventDefault();
    controlsOf(form, name)[0]?.focus();
  };
  const line = element("li", "");
  line.append(link);
  return line;
}

function element(tag: string, class_: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (class_) made.className = class_;
  made.textContent = text;
  return made;
}
