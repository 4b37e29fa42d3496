// Which columns are shown; what somebody chose is kept in their browser, for each form.
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { Form } from "@/api/forms";
import type { Submission } from "@/api/submissions";
import { allColumns, type Column, chosenColumns, fieldColumns, shownColumns, usualKeys } from "../columns";

export interface Columns {
  all: Column[];
  chosen: Column[];
  /** Those that say something in this list. */
  shown: Column[];
  /** null: back to the usual ones. */
  choose: (keys: string[] | null) => void;
  isChosen: boolean;
}

export function useColumns(slug: string, form: Form, submissions: Submission[], caught: boolean): Columns {
  const [keys, setKeys] = useLocalStorage<string[] | null>({
    key: `kanal.columns.${slug}.${form.id}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  return useMemo(() => {
    const fields = fieldColumns(form.fields, submissions);
    const all = allColumns(fields);
    const kept = Array.isArray(keys) ? keys : null;
    const chosen = chosenColumns(all, kept, usualKeys(fields));
    const shown = shownColumns(chosen, caught);
    return { all, chosen, shown, choose: setKeys, isChosen: kept !== null };
  }, [form.fields, submissions, caught, keys, setKeys]);
}
