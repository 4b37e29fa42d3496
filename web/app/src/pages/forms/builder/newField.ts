// Fields as they are when they come from the palette: of a type, or for a property of ticket or contact.
import type { FieldType, FormField, FormOptions } from "@/api/forms";
import type { Property, PropertyType } from "@/api/properties";
import { randomKey } from "@/kit/randomKey";
import { type DraftField, hasChoices, nameFrom } from "./draft";
import { wordsOf } from "./words";

type Language = FormOptions["language"];

export function plainField(name: string, type: FieldType, label: string): FormField {
  return {
    name,
    type,
    label,
    required: type === "consent",
    hidden: false,
    default: null,
    options: [],
    labels: {},
    property: null,
    help: "",
    placeholder: "",
    width: "full",
    limits: {},
    show_when: null,
  };
}

export function fieldOfType(type: FieldType, language: Language, taken: readonly string[]): DraftField {
  const words = wordsOf[language];
  const label = words.types[type];
  const name = nameFrom(type === "consent" ? "consent" : type === "checkbox" ? "checkbox" : label, taken);
  const options = hasChoices(type) ? [1, 2, 3].map(words.choice) : [];
  return { ...plainField(name, type, label), options, id: randomKey() };
}

const typeOf: Partial<Record<PropertyType, FieldType>> = {
  text: "text",
  url: "text",
  long_text: "long_text",
  number: "number",
  boolean: "checkbox",
  select: "select",
  multi_select: "multi_select",
  date: "date",
  email: "email",
  phone: "phone",
};

export interface Settable {
  /** `ticket.priority` */
  path: string;
  object: "ticket" | "contact";
  label: string;
  type: FieldType;
  options: { value: string; label: string }[];
  help: string;
}

/** The text of the ticket is a message and no property; it can be asked for all the same. */
const description = { path: "ticket.description", object: "ticket", type: "long_text" } as const;
const builtin = ["ticket.subject", "ticket.priority", "contact.name", "contact.email"];

/** Properties that a field can set, as the reader calls them. */
export function settables(
  properties: readonly Property[],
  called: (path: string, label: string) => string,
): Settable[] {
  const found = properties.flatMap((property): Settable[] => {
    const path = `${property.object}.${property.key}`;
    const type = typeOf[property.type];
    if (!type || property.archived || (property.builtin && !builtin.includes(path))) return [];
    const options = property.options.filter((option) => !option.archived);
    const { object, help, label } = property;
    return [{ path, object, help, type, options, label: called(path, label) }];
  });
  const text = { ...description, label: called(description.path, "Description"), options: [], help: "" };
  const at = found.findIndex((each) => each.path === "ticket.subject") + 1;
  return found.toSpliced(at, 0, text);
}

export function fieldFor(property: Settable, language: Language, taken: readonly string[]): DraftField {
  const words = wordsOf[language];
  const label = words.properties[property.path] ?? property.label;
  const key = property.path.split(".")[1] ?? "";
  const labels =
    property.path === "ticket.priority"
      ? words.priorities
      : Object.fromEntries(
          property.options
            .filter(({ value, label: shown }) => value !== shown)
            .map((each) => [each.value, each.label]),
        );
  return {
    ...plainField(nameFrom(key, taken), property.type, label),
    required: ["contact.email", "ticket.subject", "ticket.description"].includes(property.path),
    options: property.options.map((option) => option.value),
    labels,
    help: property.help,
    property: property.path,
    id: randomKey(),
  };
}

const filledBy: Partial<Record<FieldType, readonly FieldType[]>> = {
  text: ["text", "email", "phone", "select"],
  long_text: ["long_text", "text"],
  checkbox: ["checkbox", "consent"],
};
const filledByOf: Record<string, readonly FieldType[]> = {
  "ticket.subject": ["text", "select"],
  "contact.name": ["text"],
};

/** The types of fields whose answers a property can hold, the usual one first. */
export function typesFor({ path, type }: Settable): readonly FieldType[] {
  return filledByOf[path] ?? filledBy[type] ?? [type];
}
