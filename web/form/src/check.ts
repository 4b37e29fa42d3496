/** What can be told of an answer before it is sent, in the very words in which the server would tell it. */
import type { Behaviour, Errors, Limits, Rule } from "./model";
import { type Control, controlsOf, factOf, filesOf, numberOf, type Reading } from "./values";

/** What is wrong with the fields that are shown. */
export function checkForm(form: HTMLFormElement, behaviour: Behaviour, reading: Reading): Errors {
  const errors: Errors = new Map();
  for (const rule of behaviour.fields) {
    if (rule.hidden || !reading.shown.has(rule.name)) continue;
    const error = checkField(rule, controlsOf(form, rule.name), behaviour);
    if (error) errors.set(rule.name, error);
  }
  return errors;
}

/** "" when nothing is wrong. */
export function checkField(rule: Rule, controls: Control[], behaviour: Behaviour): string {
  const [why, more] = wrong(rule, controls, behaviour.language);
  return why && filled(behaviour.wrong[why] ?? "", more ?? {});
}

export function filled(text: string, more: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(more[name] ?? whole));
}

type Wrong = [why: string, more?: Record<string, string | number>];
const RIGHT: Wrong = [""];

function wrong(rule: Rule, controls: Control[], language: string): Wrong {
  const limits = rule.limits ?? {};
  if (rule.type === "file") return wrongFiles(rule, controls, limits);
  if (controls.some((each) => each.validity?.badInput)) return [rule.type];
  const fact = factOf(rule.type, controls);
  const text = controls[0]?.value.trim() ?? "";
  if (rule.type === "checkbox" || rule.type === "consent") return rule.required && !fact ? ["tick"] : RIGHT;
  if (fact === null && !text)
    return rule.required ? [/select/.test(rule.type) ? "choose" : "required"] : RIGHT;
  return OF_TYPE[rule.type]?.(text, limits, language) ?? RIGHT;
}

const OF_TYPE: Record<string, (text: string, limits: Limits, language: string) => Wrong> = {
  text: (text, limits) => wrongLength(text.replace(/\s+/g, " "), limits),
  long_text: wrongLength,
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? RIGHT : ["email"]),
  phone: (text, { region }) => {
    const digits = text.replace(/\D/g, "").length;
    if (digits >= 4 && (region || text.includes("+"))) return RIGHT;
    return [region ? "phone" : "phone_with_country"];
  },
  number: (text, { min, max }, language) => {
    const number = numberOf(text, language);
    if (number === null) return ["number"];
    if (typeof min === "number" && number < min) return ["least", { limit: shown(min, language) }];
    return typeof max === "number" && number > max ? ["most", { limit: shown(max, language) }] : RIGHT;
  },
  date: (text, { min, max }) => {
    if (min && text < min) return ["earliest", { limit: min }];
    return max && text > max ? ["latest", { limit: max }] : RIGHT;
  },
};

function wrongLength(text: string, { min_length, max_length }: Limits): Wrong {
  const length = [...text].length;
  if (max_length && length > max_length) return ["long", { most: max_length }];
  return min_length && length < min_length ? ["short", { least: min_length }] : RIGHT;
}

function wrongFiles(
  rule: Rule,
  controls: Control[],
  { files: most = 1, file_bytes: bytes = 0 }: Limits,
): Wrong {
  const files = filesOf(controls);
  if (files.length === 0) return rule.required ? ["file"] : RIGHT;
  if (files.length > most) return ["files", { most }];
  const large = files.find((file) => bytes && file.size > bytes);
  if (large) return ["large", { name: large.name, megabytes: Number((bytes / 1e6).toPrecision(3)) }];
  const accept = (controls[0] as HTMLInputElement).accept;
  const foreign = files.find((file) => !isAccepted(file, accept));
  return foreign ? ["group", { name: foreign.name }] : RIGHT;
}

/** A browser knows a file by its name only; where it knows nothing, the server looks at what is in it. */
function isAccepted(file: File, accept: string): boolean {
  if (!accept || !file.type) return true;
  return accept.split(",").some((each) => {
    if (each.startsWith(".")) return file.name.toLowerCase().endsWith(each);
    return file.type.startsWith(each.replace("*", ""));
  });
}

function shown(number: number, language: string): string {
  const text = String(Number(number.toPrecision(15)));
  return language === "sv" ? text.replace(".", ",") : text;
}
