// What can be added to a form: properties of ticket and contact that no field sets yet, and fields of every type.
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type FieldType, type FormOptions, fieldTypes } from "@/api/forms";
import { useBuilding } from "../context";
import type { DraftField } from "../draft";
import { fieldFor, fieldOfType } from "../newField";

export interface PaletteItem {
  id: string;
  label: string;
  type: FieldType;
  /** The form has it already. */
  used: boolean;
  make: (language: FormOptions["language"], taken: readonly string[]) => DraftField;
}
export interface PaletteGroup {
  key: "types" | "ticket" | "contact";
  items: PaletteItem[];
}
export interface FieldPalette {
  groups: PaletteGroup[];
  find: (id: string) => PaletteItem | undefined;
}

export function usePalette(): FieldPalette {
  const { t } = useTranslation("forms");
  const { settables, editing } = useBuilding();
  const { fields } = editing.draft;
  const groups = useMemo(() => {
    const types = fieldTypes.map(
      (type): PaletteItem => ({
        id: `type:${type}`,
        label: t(`type.${type}`),
        type,
        used: false,
        make: (language, taken) => fieldOfType(type, language, taken),
      }),
    );
    const of = (object: "ticket" | "contact") =>
      settables
        .filter((property) => property.object === object)
        .map(
          (property): PaletteItem => ({
            id: `property:${property.path}`,
            label: property.label,
            type: property.type,
            used: fields.some((field) => field.property === property.path),
            make: (language, taken) => fieldFor(property, language, taken),
          }),
        );
    return [
      { key: "types", items: types },
      { key: "ticket", items: of("ticket") },
      { key: "contact", items: of("contact") },
    ] as PaletteGroup[];
  }, [t, settables, fields]);
  const find = useCallback(
    (id: string) => groups.flatMap((group) => group.items).find((item) => item.id === id),
    [groups],
  );
  return { groups, find };
}
