// What a condition may ask about, in the reader's words.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Asked } from "@/kit/condition/asked";
import type { Names } from "./useNames";
import { fieldWords, optionWords } from "./words";

export function useAsked(names: Names): Asked {
  const { t } = useTranslation("routing");
  return useMemo(() => {
    const fields = names.fields.map((field) => ({
      ...field,
      label: fieldWords(field, t),
      options:
        field.options?.map((option) => ({ ...option, label: optionWords(field.field, option, t) })) ?? null,
    }));
    const field = (name: string) => fields.find((one) => one.field === name);
    return { known: names.known, members: names.members, fields, field };
  }, [names, t]);
}
