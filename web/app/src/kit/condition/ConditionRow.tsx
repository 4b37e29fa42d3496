// One question of a condition: a field, a comparison of its type, and what it is compared with.
import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Leaf } from "@/api/routing";
import type { Asked, AskedField, Said } from "./asked";
import classes from "./ConditionBuilder.module.css";
import { ConditionValue } from "./ConditionValue";
import { emptyOf, withOperator } from "./conditions";

interface Props {
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  onRemove: () => void;
  asked: Asked;
  said: Said;
  path: string;
}

export function ConditionRow({ leaf, onChange, onRemove, asked, said, path }: Props) {
  const { t } = useTranslation("routing");
  const field = asked.field(leaf.field);
  const name = field?.label ?? t("condition.gone", { field: leaf.field });
  const operators = field?.operators ?? [leaf.operator];
  const faultAt = (part: string) => said.at(`${path}.${part}`);
  const errors = [
    said.at(path),
    faultAt("field"),
    faultAt("operator"),
    ...said.under(`${path}.value`),
  ].filter((each) => each !== undefined);
  return (
    <div className={classes.row}>
      <Select
        className={classes.field}
        aria-label={t("condition.field")}
        data={grouped(asked.fields, t)}
        value={leaf.field}
        searchable
        allowDeselect={false}
        error={(asked.known && !field) || Boolean(faultAt("field"))}
        placeholder={field ? undefined : leaf.field}
        onChange={(picked) => {
          const next = picked && asked.field(picked);
          if (next && next.field !== leaf.field) onChange(fresh(next));
        }}
      />
      <Select
        className={classes.operator}
        aria-label={t("condition.operator")}
        data={operators.map((one) => ({ value: one, label: operatorWords(one, field?.type, t) }))}
        value={leaf.operator}
        allowDeselect={false}
        error={Boolean(faultAt("operator"))}
        onChange={(operator) => operator && onChange(withOperator(leaf, operator))}
      />
      <div className={classes.value}>
        <ConditionValue
          leaf={leaf}
          field={field}
          asked={asked}
          wrong={said.under(`${path}.value`).length > 0 || said.at(path) !== undefined}
          onChange={(value) => onChange({ ...leaf, value })}
        />
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={t("condition.remove", { name })}
        onClick={onRemove}
      >
        <IconX size={15} stroke={1.8} />
      </ActionIcon>
      {errors.length > 0 && (
        <p className={classes.fault} role="alert">
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}

function grouped(fields: AskedField[], t: ReturnType<typeof useTranslation>["t"]) {
  const choice = (field: AskedField) => ({ value: field.field, label: field.label });
  const groups = (["message", "ticket", "contact", "conversation", "channel"] as const)
    .map((group) => ({
      group: t(`routing:condition.group.${group}`),
      items: fields.filter((field) => field.group === group).map(choice),
    }))
    .filter((group) => group.items.length > 0);
  return [...fields.filter((field) => !field.group).map(choice), ...groups];
}

/** Of two times the less is the earlier. */
function operatorWords(
  operator: string,
  type: string | undefined,
  t: ReturnType<typeof useTranslation>["t"],
): string {
  const words = t(`routing:operator.${operator}`, { defaultValue: operator });
  const isTime = type === "date" || type === "datetime";
  return isTime ? t(`routing:operatorOfTime.${operator}`, { defaultValue: words }) : words;
}

/** The row on another field starts over, with the comparison one wants most. */
function fresh(field: AskedField): Leaf {
  const operator = field.operators.includes("contains") ? "contains" : (field.operators[0] ?? "is");
  return withOperator({ field: field.field, operator: "is", value: emptyOf(field) }, operator);
}
