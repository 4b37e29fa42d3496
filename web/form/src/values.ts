/** What stands in a form: read as the server will read it, and whether each field is shown. */
import { holds } from "./conditions";
import type { Fact, Rule } from "./model";

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export type Reading = { shown: Set<string>; facts: Record<string, Fact> };

/** A condition sees the answers above its field; a field that is not shown has none. */
export function readForm(form: HTMLFormElement, rules: Rule[]): Reading {
  const facts: Record<string, Fact> = {};
  const shown = new Set<string>();
  for (const rule of rules) {
    facts[rule.name] = null;
    if (rule.when && !holds(rule.when, facts)) continue;
    shown.add(rule.name);
    facts[rule.name] = rule.hidden ? hiddenFact(form, rule) : factOf(rule.type, controlsOf(form, rule.name));
  }
  return { shown, facts };
}

/** Not by `form.elements`: a field of that name would stand in its place, as one named `action` does. */
export function controlsOf(form: HTMLFormElement, name: string): Control[] {
  return [...form.querySelectorAll<Control>(`[name="${name}"]`)];
}

export function fieldOf(form: HTMLFormElement, name: string): HTMLElement | null {
  return form.querySelector(`[data-field="${name}"]`);
}

/** The files chosen in a field. */
export function filesOf(controls: Control[]): File[] {
  return controls.flatMap((each) => [...((each as HTMLInputElement).files ?? [])]);
}

export function factOf(type: string, controls: Control[]): Fact {
  const ticked = controls.filter((each) => (each as HTMLInputElement).checked).map((each) => each.value);
  if (type === "checkbox" || type === "consent") return ticked.length > 0;
  if (type === "multi_select") return ticked.length > 0 ? ticked : null;
  if (type === "file") {
    const names = filesOf(controls).map((file) => file.name);
    return names.length > 0 ? names : null;
  }
  const text = controls[0]?.value.trim() ?? "";
  return type === "number" ? numberOf(text) : text || null;
}

/** With a decimal point or comma; null for what is no number. */
export function numberOf(text: string, language = "en"): number | null {
  let plain = text.replace(/\s/g, "").replace("\u2212", "-");
  if (plain.includes(",")) {
    const thousands = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain);
    const grouped = thousands && (language === "en" || plain.includes(".") || plain.split(",").length > 2);
    plain = grouped ? plain.replaceAll(",", "") : withPoint(plain);
  }
  return /^[+-]?(\d{1,16}(\.\d{0,16})?|\.\d{1,16})$/.test(plain) ? Number(plain) : null;
}

function withPoint(text: string): string {
  const at = text.lastIndexOf(",");
  return `${text.slice(0, at).replaceAll(".", "")}.${text.slice(at + 1)}`;
}

function hiddenFact(form: HTMLFormElement, rule: Rule): Fact {
  const given = controlsOf(form, rule.name).map((each) => each.value);
  const [text] = given;
  if (!text) return rule.default ?? null;
  if (rule.type === "number") return numberOf(text);
  if (rule.type === "multi_select") return given;
  if (rule.type === "checkbox" || rule.type === "consent") return /^(on|true|1|yes)$/i.test(text.trim());
  return text;
}
