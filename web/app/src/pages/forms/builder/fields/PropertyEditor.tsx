// Which property of the ticket or the contact an answer sets, or none.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBuilding } from "../context";
import { hasChoices } from "../draft";
import { fieldFor, typesFor } from "../newField";
import type { FieldProps } from "./fieldProps";

const none = "none";

export function PropertyEditor({ field, set, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const { settables, editing } = useBuilding();
  const { fields, options } = editing.draft;
  const elsewhere = fields.filter((each) => each.id !== field.id).map((each) => each.property);
  const fitting = settables.filter(
    (each) =>
      each.path === field.property || (typesFor(each).includes(field.type) && !elsewhere.includes(each.path)),
  );
  const known = field.property === null || fitting.some((each) => each.path === field.property);
  const group = (object: "ticket" | "contact") => ({
    group: t(`palette.group.${object}`),
    items: fitting
      .filter((each) => each.object === object)
      .map((each) => ({ value: each.path, label: each.label })),
  });
  const choose = (path: string | null) => {
    const property = settables.find((each) => each.path === path);
    if (!property) return set({ property: null });
    const like = fieldFor(property, options.language, []);
    const choices = hasChoices(field.type) && property.options.length > 0;
    set({
      property: property.path,
      ...(choices && { options: like.options, labels: like.labels, default: null }),
    });
  };
  return (
    <Select
      label={t("panel.property")}
      description={t(field.property ? `panel.sets.${field.property.split(".")[0]}` : "panel.setsNothing")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={[
        { value: none, label: t("panel.noProperty") },
        ...(known ? [] : [{ value: field.property ?? "", label: field.property ?? "" }]),
        ...[group("ticket"), group("contact")].filter((each) => each.items.length > 0),
      ]}
      value={field.property ?? none}
      allowDeselect={false}
      onChange={(path) => choose(path === none ? null : path)}
      error={fault("property")}
    />
  );
}
