// A property's value between the server, a field and a sentence.
import type { TFunction } from "i18next";
import type { AskedFor } from "@/api/properties";

export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What stands on the screen; members are shown by their face, not here. */
export function valueText(property: AskedFor, value: unknown, t: TFunction, locale: string): string {
  if (isEmpty(value)) return "";
  switch (property.type) {
    case "boolean":
      return t(value ? "properties:yes" : "properties:no");
    case "number":
      return new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(Number(value));
    case "date":
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(`${value}T12:00`));
    case "datetime":
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(
        new Date(String(value)),
      );
    case "select":
      return optionLabel(property, String(value));
    case "multi_select":
      return (value as string[]).map((each) => optionLabel(property, each)).join(", ");
    default:
      return String(value);
  }
}

export const optionLabel = (property: AskedFor, value: string) =>
  property.options.find((option) => option.value === value)?.label ?? value;

/** Where a value leads to, for those that are addresses. */
export function linkOf(property: AskedFor, value: unknown): string | null {
  if (isEmpty(value)) return null;
  const text = String(value);
  if (property.type === "url") return /^https?:\/\//i.test(text) ? text : null;
  if (property.type === "email") return `mailto:${text}`;
  return property.type === "phone" ? `tel:${text.replace(/[^+\d]/g, "")}` : null;
}

/** A moment in UTC as the input for date and time wants it, in the reader's own zone, and back. */
export function localMoment(value: unknown): string {
  const at = new Date(String(value ?? ""));
  if (!value || Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function utcMoment(local: string): string | null {
  const at = new Date(local);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}
