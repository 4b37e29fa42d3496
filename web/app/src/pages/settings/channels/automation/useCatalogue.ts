// The properties a channel can set on its tickets, built in and custom, and their values in words.
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Property, propertiesQuery } from "@/api/routing";
import { optionWords, type PropertyWords } from "./words";

/** Of the built-in ones, these; the others say what happened to a ticket. */
const settable = new Set(["pipeline", "status", "priority", "team"]);

export interface Catalogue {
  known: boolean;
  properties: Property[];
  find: (key: string) => Property | undefined;
  nameOf: (key: string) => string;
  words: PropertyWords;
}

export function useCatalogue(): Catalogue {
  const { t } = useTranslation("routing");
  const all = useQuery(propertiesQuery("ticket")).data?.items;
  const properties = useMemo(
    () => (all ?? []).filter((one) => !one.archived && (!one.builtin || settable.has(one.key))),
    [all],
  );
  const find = useCallback((key: string) => all?.find((one) => one.key === key), [all]);
  const nameOf = useCallback(
    (key: string) => {
      const property = find(key);
      const label = property?.label ?? key;
      return property?.builtin === false ? label : t(`property.${key}`, { defaultValue: label });
    },
    [find, t],
  );
  const words = useCallback<PropertyWords>(
    (key, value) => ({ name: nameOf(key), value: valueWords(find(key), key, value, t) }),
    [find, nameOf, t],
  );
  return { known: all !== undefined, properties, find, nameOf, words };
}

function valueWords(property: Property | undefined, key: string, value: unknown, t: TFunction): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(property, key, each, t)).join(", ");
  if (typeof value === "boolean") return t(value ? "routing:condition.yes" : "routing:condition.no");
  const option = property?.options.find((each) => each.value === value);
  return option ? optionWords(key, option, t) : String(value ?? "");
}
