// Between what a kind's settings form asks for and the API's settings.
import type { Kind } from "@/api/types";
import { valueAt, withValue } from "./paths";

export type AskedField = Kind["methods"][number]["settings_form"][number];
export type Settings = Record<string, unknown>;

/** What the form starts with: what is stored, else nothing. */
export function startOf(fields: readonly AskedField[], stored: Readonly<Settings> = {}): Settings {
  return fields.reduce<Settings>(
    (form, field) => withValue(form, field.name, valueAt(stored, field.name) ?? emptyOf(field)),
    {},
  );
}

/** What is sent: a secret that was not typed stays as it is, a number that was emptied is taken away. */
export function sentOf(fields: readonly AskedField[], form: Readonly<Settings>): Settings {
  return fields.reduce<Settings>((sent, field) => {
    const value = valueAt(form, field.name);
    if (field.type === "password" && value === "") return sent;
    return withValue(sent, field.name, typeof value === "string" ? value.trim() || emptied(field) : value);
  }, {});
}

function emptyOf(field: AskedField): unknown {
  if (field.type === "switch") return false;
  return field.type === "select" && field.required ? (field.options[0] ?? "") : "";
}

const emptied = (field: AskedField) => (field.type === "number" ? null : "");
