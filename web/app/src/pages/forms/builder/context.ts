// What every part of the builder works on.
import { createContext, useContext } from "react";
import type { Form } from "@/api/forms";
import type { DraftField } from "./draft";
import type { Settable } from "./newField";
import type { Problems } from "./problems";
import type { Editing } from "./useDraft";

export interface Building {
  form: Form;
  editing: Editing;
  problems: Problems;
  /** Properties that a field can set, as the reader calls them. */
  settables: Settable[];
  /** The id of the field whose settings are open. */
  selected: string | null;
  select: (id: string | null) => void;
  fieldOf: (id: string | null) => DraftField | undefined;
}

export const BuildingContext = createContext<Building | null>(null);

export function useBuilding(): Building {
  const building = useContext(BuildingContext);
  if (!building) throw new Error("outside of the builder");
  return building;
}
