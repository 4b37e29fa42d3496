// A form while it is edited. Its fields have ids of their own, since names change, and what has the name follows them.
import type { FieldType, FieldValue, FormContents, FormField, FormOptions, Limits } from "@/api/forms";
import type { Condition } from "@/api/routing";
import { groupOf, isLeaf, pruned, questionsOf, treeOf } from "@/kit/condition/conditions";
import { randomKey } from "@/kit/randomKey";

export interface DraftField extends FormField {
  id: string;
}
export interface Draft {
  name: string;
  fields: DraftField[];
  options: FormOptions;
}

export const hasChoices = (type: FieldType) => type === "select" || type === "multi_select";

/** Where a new ticket goes is set in the form's settings; visitors and the canvas never see it (FRM-4). */
const placing = ["ticket.pipeline", "ticket.status"];
export const isPlacing = (field: FormField) =>
  field.hidden && field.property !== null && placing.includes(field.property);
/** Fields on the canvas, in order: those that visitors see, and hidden ones that take what the page hands over. */
export const onCanvas = (draft: Draft) => draft.fields.filter((field) => !isPlacing(field));

export function draftOf({ name, fields, options }: FormContents): Draft {
  return { name, options, fields: fields.map((field) => ({ ...field, id: `stored-${field.name}` })) };
}

/** What the server keeps, with the ids that its fields had while they were edited. */
export function rebased(stored: FormContents, edited: Draft): Draft {
  const fresh = draftOf(stored);
  const sameOrder =
    stored.fields.length === edited.fields.length &&
    stored.fields.every((field, at) => field.name === edited.fields[at]?.name);
  if (!sameOrder) return fresh;
  return {
    ...fresh,
    fields: fresh.fields.map((field, at) => ({ ...field, id: edited.fields[at]?.id ?? field.id })),
  };
}

/** The fields that another form has under the same names are the same fields. */
export function withIdsOf(draft: Draft, other: Draft): Draft {
  const ids = new Map(other.fields.map((field) => [field.name, field.id]));
  return {
    ...draft,
    fields: draft.fields.map((field) => ({ ...field, id: ids.get(field.name) ?? field.id })),
  };
}

export function contentsOf(draft: Draft): FormContents {
  return { name: draft.name.trim(), options: draft.options, fields: draft.fields.map(fieldForServer) };
}

function fieldForServer({ id: _, ...field }: DraftField): FormField {
  const options = hasChoices(field.type) ? field.options.map((each) => each.trim()).filter(Boolean) : [];
  const labels = Object.fromEntries(
    Object.entries(field.labels).filter(([choice, shown]) => shown.trim() && shown !== choice),
  );
  const when = field.show_when && pruned(field.show_when);
  const given = Object.entries(field.limits).filter(([, value]) => !isNothing(value));
  return {
    ...field,
    options,
    labels,
    limits: Object.fromEntries(given),
    show_when: when && questionsOf(when).length > 0 ? when : null,
  };
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

export const isSame = (one: Draft, other: Draft) => text(contentsOf(one)) === text(contentsOf(other));

/** What differs, one entry for each thing that a person would call one change: `name`, `order`, a field's id, an option. */
export function changesBetween(stored: Draft, draft: Draft): string[] {
  const was = new Map(stored.fields.map((field) => [field.id, text(fieldForServer(field))]));
  const is = new Map(draft.fields.map((field) => [field.id, text(fieldForServer(field))]));
  const kept = draft.fields.filter((field) => was.has(field.id)).map((field) => field.id);
  const keptBefore = stored.fields.filter((field) => is.has(field.id)).map((field) => field.id);
  const options = Object.keys(draft.options) as (keyof FormOptions)[];
  return [
    ...(stored.name.trim() === draft.name.trim() ? [] : ["name"]),
    ...[...was.keys()].filter((id) => !is.has(id)),
    ...[...is.keys()].filter((id) => was.get(id) !== is.get(id)),
    ...(kept.join() === keptBefore.join() ? [] : ["order"]),
    ...options.filter((key) => text(stored.options[key]) !== text(draft.options[key])),
  ];
}

// Names

const letters: Record<string, string> = {
  å: "a",
  ä: "a",
  ö: "o",
  æ: "ae",
  ø: "o",
  ß: "ss",
  œ: "oe",
  ł: "l",
  đ: "d",
};
const longest = 63;
export const goodName = /^[a-z][a-z0-9_]{0,62}$/;

/** A name that says what the label says and that no other field has: "E-post *" → `e_post`. */
export function nameFrom(label: string, taken: readonly string[]): string {
  const plain = [...label.toLowerCase()].map((each) => letters[each] ?? each).join("");
  const words = plain
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const name = (/^[a-z]/.test(words) ? words : words ? `field_${words}` : "field").slice(0, longest);
  return free(name, taken);
}

function free(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number += 1) {
    const next = `${name.slice(0, longest - String(number).length - 1)}_${number}`;
    if (!taken.includes(next)) return next;
  }
}

export const namesBeside = (draft: Draft, id?: string) =>
  draft.fields.filter((field) => field.id !== id).map((field) => field.name);

// Changing one field

export function changed(draft: Draft, id: string, change: Partial<FormField>): Draft {
  return {
    ...draft,
    fields: draft.fields.map((field) => (field.id === id ? { ...field, ...change } : field)),
  };
}

/** The name follows the label until the field is published; answers are kept under the name from then on. */
export function relabelled(draft: Draft, id: string, label: string, published: boolean): Draft {
  const field = draft.fields.find((each) => each.id === id);
  if (!field) return draft;
  const next = changed(draft, id, { label });
  const follows = !published && field.name === nameFrom(field.label, namesBeside(draft, id));
  return follows ? renamed(next, id, nameFrom(label, namesBeside(draft, id))) : next;
}

/** Conditions that ask about the field ask about it under its new name. */
export function renamed(draft: Draft, id: string, name: string): Draft {
  const before = draft.fields.find((field) => field.id === id)?.name;
  if (before === undefined || before === name) return draft;
  const fields = draft.fields.map((field) => ({
    ...field,
    name: field.id === id ? name : field.name,
    show_when:
      field.show_when &&
      eachQuestion(field.show_when, (question) =>
        question.field === before ? { ...question, field: name } : question,
      ),
  }));
  return { ...draft, fields };
}

/** The choice under another word; its default, its shown text and conditions that ask for it follow. */
export function withChoice(draft: Draft, id: string, at: number, choice: string): Draft {
  const field = draft.fields.find((each) => each.id === id);
  const before = field?.options[at];
  if (!field || before === undefined) return draft;
  const options = field.options.with(at, choice);
  const twice = !before.trim() || field.options.filter((each) => each === before).length > 1;
  if (twice) return changed(draft, id, { options });
  const swap = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(swap) : value === before ? choice : value;
  const { [before]: shown, ...labels } = field.labels;
  const fields = draft.fields.map((each) => ({
    ...each,
    ...(each.id === id && {
      options,
      labels: shown === undefined ? labels : { ...labels, [choice]: shown },
      default: swap(each.default) as FieldValue,
    }),
    show_when:
      each.show_when &&
      eachQuestion(each.show_when, (question) =>
        question.field === field.name ? { ...question, value: swap(question.value) } : question,
      ),
  }));
  return { ...draft, fields };
}

type Question = { field: string; operator: string; value?: unknown };

function eachQuestion(tree: Condition, change: (question: Question) => Question): Condition {
  if (isLeaf(tree)) return change(tree);
  const group = groupOf(tree);
  if (group.items.length === 0) return tree;
  return treeOf({ ...group, items: group.items.map((item) => eachQuestion(item, change)) });
}

// Types

/** Which limits a type has. */
export const limitsOf: Record<FieldType, (keyof Limits)[]> = {
  text: ["min_length", "max_length"],
  long_text: ["min_length", "max_length"],
  email: [],
  phone: ["region"],
  number: ["min", "max"],
  date: ["min", "max"],
  select: [],
  multi_select: [],
  checkbox: [],
  consent: [],
  file: ["files", "file_bytes", "file_groups"],
};

const kin: FieldType[][] = [
  ["text", "long_text", "email", "phone", "number", "date"],
  ["select", "multi_select"],
  ["checkbox", "consent"],
];
/** What a field that sets no property can become without losing what it is. */
export const kinOf = (type: FieldType): FieldType[] => kin.find((each) => each.includes(type)) ?? [type];

export function withType(field: DraftField, type: FieldType): DraftField {
  const limits = Object.fromEntries(
    Object.entries(field.limits).filter(
      ([key]) =>
        limitsOf[type].includes(key as keyof Limits) && limitsOf[field.type].includes(key as keyof Limits),
    ),
  );
  const bounds = ["number", "date"].includes(type) ? {} : limits;
  return { ...field, type, limits: bounds, default: null };
}

// The list

/** Puts it before the field with that id; null: last. Returns the same draft where nothing moves. */
export function moved(draft: Draft, id: string, before: string | null): Draft {
  const field = draft.fields.find((each) => each.id === id);
  if (!field || before === id) return draft;
  const next = inserted(without(draft, id), field, before);
  return next.fields.every((each, at) => each.id === draft.fields[at]?.id) ? draft : next;
}

/** One place up (-1) or down (1) among those on the canvas. */
export function nudged(draft: Draft, id: string, by: -1 | 1): Draft {
  const shown = onCanvas(draft);
  const at = shown.findIndex((field) => field.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= shown.length) return draft;
  return moved(draft, id, shown[by < 0 ? to : to + 1]?.id ?? null);
}

export function inserted(draft: Draft, field: DraftField, before: string | null): Draft {
  const found = before === null ? -1 : draft.fields.findIndex((each) => each.id === before);
  const last = draft.fields.findLastIndex((each) => !isPlacing(each));
  const at = found < 0 ? last + 1 : found;
  return { ...draft, fields: draft.fields.toSpliced(at, 0, field) };
}

export const without = (draft: Draft, id: string): Draft => ({
  ...draft,
  fields: draft.fields.filter((field) => field.id !== id),
});

/** A copy after it; two fields cannot set one property. */
export function duplicated(draft: Draft, id: string): { draft: Draft; copy: string } {
  const at = draft.fields.findIndex((field) => field.id === id);
  const field = draft.fields[at];
  if (!field) return { draft, copy: id };
  const name = nameFrom(field.name, namesBeside(draft));
  const copy = { ...structuredClone(field), id: randomKey(), name, property: null };
  return { draft: { ...draft, fields: draft.fields.toSpliced(at + 1, 0, copy) }, copy: copy.id };
}

/** The same text for the same thing, in whatever order its keys came. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
