// What stands in a field before anybody has touched it.
import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldProps } from "./fieldProps";

export function DefaultEditor({ field, set, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const give = (value: typeof field.default) => set({ default: value }, "default");
  const common = {
    "aria-label": t("panel.default"),
    error: fault("default"),
    placeholder: t("panel.noDefault"),
  };
  const text =
    typeof field.default === "string" || typeof field.default === "number" ? String(field.default) : "";
  const choices = [...new Set(field.options.filter((choice) => choice.trim()))].map((value) => ({
    value,
    label: field.labels[value] || value,
  }));
  switch (field.type) {
    case "long_text":
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          onChange={(event) => give(event.currentTarget.value || null)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          hideControls
          value={typeof field.default === "number" ? field.default : ""}
          onChange={(value) => give(typeof value === "number" ? value : null)}
        />
      );
    case "select":
      return (
        <Select
          {...common}
          clearable
          clearButtonProps={{ "aria-label": t("panel.noDefault") }}
          data={choices}
          value={text || null}
          onChange={give}
        />
      );
    case "multi_select":
      return (
        <MultiSelect
          {...common}
          placeholder={
            Array.isArray(field.default) && field.default.length > 0 ? undefined : common.placeholder
          }
          data={choices}
          value={Array.isArray(field.default) ? field.default : []}
          onChange={(value) => give(value.length > 0 ? value : null)}
        />
      );
    case "checkbox":
      return (
        <Checkbox
          label={t("panel.ticked")}
          checked={field.default === true}
          onChange={(event) => give(event.currentTarget.checked || null)}
          error={fault("default")}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={field.type === "date" ? "date" : "text"}
          value={text}
          onChange={(event) => give(event.currentTarget.value || null)}
        />
      );
  }
}
