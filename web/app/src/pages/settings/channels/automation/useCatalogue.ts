// The properties a channel can set on its tickets, built in and custom, and their values in words.
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Property, propertiesQuery } from "@/api/properties";
import { optionWords, type PropertyWords } from "./words";

/** Of the built-in ones, these; the others say what happened to a ticket. */
const settable = new Set(["pipeline", "status", "priority", "team"]);

export interface Catalogue {
  known: boolean;
  properties: Property[];
  /** As it is named and its choices are called in the reader's language. */
  find: (key: string) => Property | undefined;
  nameOf: (key: string) => string;
  words: PropertyWords;
}

export function useCatalogue(): Catalogue {
  const { t } = useTranslation("routing");
  const asked = useQuery(propertiesQuery()).data?.items;
  const all = useMemo(
    () => asked?.filter((one) => one.object === "ticket").map((one) => inReadersWords(one, t)),
    [asked, t],
  );
  const properties = useMemo(
    () => (all ?? []).filter((one) => !one.archived && (!one.builtin || settable.has(one.key))),
    [all],
  );
  const find = useCallback((key: string) => all?.find((one) => one.key === key), [all]);
  const nameOf = useCallback((key: string) => find(key)?.label ?? key, [find]);
  const words = useCallback<PropertyWords>(
    (key, value) => ({ name: nameOf(key), value: valueWords(find(key), value, t) }),
    [find, nameOf, t],
  );
  return { known: all !== undefined, properties, find, nameOf, words };
}

function inReadersWords(property: Property, t: TFunction): Property {
  if (!property.builtin) return property;
  return {
    ...property,
    label: t(`routing:property.${property.key}`, { defaultValue: property.label }),
    options: property.options.map((option) => ({ ...option, label: optionWords(property.key, option, t) })),
  };
}

function valueWords(property: Property | undefined, value: unknown, t: TFunction): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(property, each, t)).join(", ");
  if (typeof value === "boolean") return t(value ? "routing:condition.yes" : "routing:condition.no");
  return property?.options.find((each) => each.value === value)?.label ?? String(value ?? "");
}
