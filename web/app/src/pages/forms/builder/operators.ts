// What conditions of a form may ask about: the fields that stand before, and what can be asked of each type.
import type { FieldType } from "@/api/forms";
import type { Asked, AskedField } from "@/kit/condition/asked";
import type { Draft, DraftField } from "./draft";

const emptiness = ["is_filled", "is_empty"];
const text = ["is", "is_not", "contains", "contains_not", "starts_with", "ends_with", ...emptiness];
const number = ["is", "is_not", "less", "more", "between", ...emptiness];
const operators: Partial<Record<FieldType, { type: AskedField["type"]; operators: string[] }>> = {
  text: { type: "text", operators: text },
  long_text: { type: "long_text", operators: text },
  email: { type: "email", operators: text },
  phone: { type: "phone", operators: text },
  number: { type: "number", operators: number },
  date: { type: "date", operators: number },
  select: { type: "select", operators: ["is", "is_not", "is_any_of", "is_none_of", ...emptiness] },
  multi_select: {
    type: "multi_select",
    operators: ["has_any_of", "has_all_of", "has_none_of", ...emptiness],
  },
  checkbox: { type: "boolean", operators: ["is"] },
  consent: { type: "boolean", operators: ["is"] },
};

/** A field is asked about under its name, and only by fields below it; what is in a file nobody can ask. */
export function askedBefore(draft: Draft, id: string): Asked {
  const at = draft.fields.findIndex((field) => field.id === id);
  const fields = draft.fields.slice(0, at).flatMap((field) => asked(field) ?? []);
  return { known: true, members: [], fields, field: (name) => fields.find((one) => one.field === name) };
}

function asked(field: DraftField): AskedField | null {
  const how = operators[field.type];
  if (!how) return null;
  const choices = field.options.filter((choice) => choice.trim());
  return {
    ...how,
    field: field.name,
    group: "",
    relative: false,
    label: field.label || field.name,
    options: how.type.endsWith("select")
      ? choices.map((value) => ({ value, label: field.labels[value] ?? value, archived: false }))
      : null,
  };
}
