// The columns that a table of tickets can have: ours, and the account's own properties.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { propertiesQuery } from "@/api/properties";

export const columns = [
  "number",
  "subject",
  "contact",
  "status",
  "priority",
  "assignee",
  "team",
  "channel",
  "pipeline",
  "tags",
  "created_at",
  "last_message_at",
  "waiting_since",
  "snoozed_until",
] as const;
export type ColumnKey = (typeof columns)[number];

/** By what a ticket is opened: it cannot be left out. */
export const always = "subject";

export const customKey = (column: string) =>
  column.startsWith("ticket.") ? column.slice("ticket.".length) : null;

/** Every column there is, ours first; and what each is called. */
export function useColumns() {
  const { t } = useTranslation("tickets");
  const properties = useQuery(propertiesQuery()).data?.items;
  const all = useMemo(
    () => [
      ...columns,
      ...(properties ?? [])
        .filter((one) => one.object === "ticket" && !one.builtin && !one.archived)
        .map((one) => `ticket.${one.key}`),
    ],
    [properties],
  );
  const name = useCallback(
    (column: string) => {
      const key = customKey(column);
      if (key === null) return t(`column.${column}`, { defaultValue: column });
      return properties?.find((one) => one.object === "ticket" && one.key === key)?.label ?? key;
    },
    [properties, t],
  );
  const property = useCallback(
    (column: string) => {
      const key = customKey(column);
      return key === null ? undefined : properties?.find((one) => one.object === "ticket" && one.key === key);
    },
    [properties],
  );
  return { all, name, property };
}
