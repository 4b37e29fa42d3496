// What the filter of a view may ask about, in the reader's words.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { membersQuery, pipelinesQuery } from "@/api/desk";
import { type ConditionField, conditionFieldsQuery } from "@/api/routing";
import type { Asked } from "@/kit/condition/asked";
import { useStatusName } from "@/kit/status";

export function useViewFields(): Asked {
  const { t } = useTranslation(["views", "routing"]);
  const fields = useQuery(conditionFieldsQuery("views")).data?.items;
  const members = useQuery(membersQuery()).data?.items;
  const pipelines = useQuery(pipelinesQuery()).data?.items;
  const statusName = useStatusName();
  return useMemo(() => {
    const optionWords = (field: ConditionField, { value, label }: { value: string; label: string }) => {
      if (field.field === "ticket.priority") return t(`common:priority.${value}`, { defaultValue: label });
      if (field.field === "ticket.status") {
        const status = pipelines?.flatMap((one) => one.statuses).find((one) => one.key === value);
        return status ? statusName(status) : label;
      }
      return t(`views:option.${value}`, { defaultValue: label });
    };
    const said = (fields ?? []).map((field) => ({
      ...field,
      label: t(`views:field.${field.field.replace(".", "_")}`, { defaultValue: field.label }),
      options:
        field.options
          ?.filter((option) => !option.archived)
          .map((option) => ({ ...option, label: optionWords(field, option) })) ?? null,
    }));
    return {
      known: fields !== undefined,
      members: members ?? [],
      fields: said,
      field: (name) => said.find((one) => one.field === name),
    };
  }, [fields, members, pipelines, statusName, t]);
}
