// Which columns are shown; what somebody chose is kept in their browser, for each form.
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { Form } from "@/api/forms";
import type { Submission } from "@/api/submissions";
import { allColumns, type Column, fieldColumns, shownColumns, usualKeys } from "../columns";

export interface Columns {
  all: Column[];
  shown: Column[];
  /** null: back to the usual ones. */
  choose: (keys: string[] | null) => void;
  isChosen: boolean;
}

export function useColumns(slug: string, form: Form, submissions: Submission[]): Columns {
  const [chosen, setChosen] = useLocalStorage<string[] | null>({
    key: `kanal.columns.${slug}.${form.id}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  return useMemo(() => {
    const fields = fieldColumns(form.fields, submissions);
    const all = allColumns(fields);
    const kept = Array.isArray(chosen) ? chosen : null;
    const shown = shownColumns(all, kept, usualKeys(fields));
    return { all, shown, choose: setChosen, isChosen: kept !== null };
  }, [form.fields, submissions, chosen, setChosen]);
}
