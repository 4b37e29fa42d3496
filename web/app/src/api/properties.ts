// What is asked of tickets and contacts: built-in properties and those that the account made itself.

import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, patch, post } from "./http";
import type { Page } from "./types";

export type Property = Schemas["PropertyOut"];
export type PropertyType = Property["type"];
export type PropertyObject = Property["object"];
export type Limits = Property["limits"];
export type Option = Property["options"][number];
/** What a field needs to know to ask for a value. */
export type AskedFor = Pick<Property, "key" | "label" | "help" | "type" | "options" | "limits">;
export type Values = Record<string, unknown>;

export interface PropertyDraft {
  object: PropertyObject;
  label: string;
  help: string;
  type: PropertyType;
  options: Option[];
  limits: Partial<Limits>;
}
export type PropertyChange = Partial<Omit<PropertyDraft, "object" | "type">> & {
  position?: number;
  archived?: boolean;
};

export const propertiesQuery = () =>
  queryOptions({
    queryKey: accountKey("properties", "all"),
    queryFn: () => get<Page<Property>>("/properties"),
  });

export const createProperty = (draft: PropertyDraft) => post<Property>("/properties", draft);
export const changeProperty = (id: string, change: PropertyChange) =>
  patch<Property>(`/properties/${id}`, change);
/** Tells how many tickets or contacts keep a value. */
export const archiveProperty = (id: string) => del<{ kept: number }>(`/properties/${id}`);
