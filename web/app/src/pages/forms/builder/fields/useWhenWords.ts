// When a field is shown, in a few words; "" where it always is.
import { useTranslation } from "react-i18next";
import { questionsOf, valueShape } from "@/kit/condition/conditions";
import { useBuilding } from "../context";
import type { DraftField } from "../draft";

export function useWhenWords(field: DraftField): string {
  const { t } = useTranslation(["forms", "routing"]);
  const { draft } = useBuilding().editing;
  const questions = field.show_when ? questionsOf(field.show_when) : [];
  const [only] = questions;
  if (!only) return "";
  if (questions.length > 1) return t("canvas.whenMany", { count: questions.length });
  const asked = draft.fields.find((each) => each.name === only.field);
  const one = (value: unknown) => {
    if (typeof value === "boolean") return t(value ? "routing:condition.yes" : "routing:condition.no");
    return asked?.labels[String(value)] ?? String(value ?? "");
  };
  const shape = valueShape(only.operator);
  const values = Array.isArray(only.value) ? only.value.map(one) : [one(only.value)];
  return t("canvas.when", {
    field: asked?.label || only.field,
    operator: t(`routing:operator.${only.operator}`, { defaultValue: only.operator }),
    value: shape === "none" ? "" : values.join(shape === "two" ? "–" : ", "),
  }).trim();
}
