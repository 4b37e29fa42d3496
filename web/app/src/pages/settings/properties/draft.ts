// A property while it is being written: its choices have ids of their own, since new ones have no value yet.
import type { Limits, Option, Property, PropertyDraft, PropertyObject, PropertyType } from "@/api/properties";
import { randomKey } from "@/kit/randomKey";

export interface DraftOption extends Option {
  id: string;
}
export interface Draft {
  label: string;
  help: string;
  type: PropertyType;
  options: DraftOption[];
  limits: Limits;
}

const noLimits: Limits = {
  required: false,
  min: null,
  max: null,
  min_length: null,
  max_length: null,
  decimals: null,
  region: null,
};

export function draftOf(property: Property | null): Draft {
  if (!property) return { label: "", help: "", type: "text", options: [], limits: noLimits };
  const { label, help, type, limits } = property;
  return { label, help, type, limits, options: property.options.map(withId) };
}

const withId = (option: Option): DraftOption => ({ ...option, id: randomKey() });
export const newOption = (): DraftOption => ({ value: "", label: "", archived: false, id: randomKey() });

/** Another type has other limits; what is said for both stays. */
export function withType(draft: Draft, type: PropertyType): Draft {
  const limits = { ...noLimits, required: type !== "boolean" && draft.limits.required };
  const needsOptions = (type === "select" || type === "multi_select") && draft.options.length === 0;
  return { ...draft, type, limits, options: needsOptions ? [newOption(), newOption()] : draft.options };
}

/** What the server takes: choices that were left empty are none, and only choices have choices. */
export function bodyOf(object: PropertyObject, draft: Draft): PropertyDraft {
  const choices = draft.type === "select" || draft.type === "multi_select";
  return {
    object,
    label: draft.label,
    help: draft.help,
    type: draft.type,
    limits: given(draft.limits),
    options: choices ? written(draft).map(({ id: _, ...option }) => option) : [],
  };
}

/** Choices with words, in the order in which the server numbers them. */
export const written = (draft: Draft) =>
  draft.options.filter((option) => option.label.trim() || option.value);

function given(limits: Limits): Partial<Limits> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== false));
}
