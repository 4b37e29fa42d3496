// One question of a condition: a field, a comparison of its type, and what it is compared with.
import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ConditionField, Leaf } from "@/api/routing";
import { withOperator } from "../conditions";
import type { Faults } from "../faults";
import { problemWords } from "../problemWords";
import type { Names } from "../useNames";
import { fieldWords } from "../words";
import classes from "./ConditionBuilder.module.css";
import { ConditionValue } from "./ConditionValue";

interface Props {
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  onRemove: () => void;
  names: Names;
  faults: Faults;
  path: string;
}

export function ConditionRow({ leaf, onChange, onRemove, names, faults, path }: Props) {
  const { t } = useTranslation("routing");
  const field = names.field(leaf.field);
  const name = field ? fieldWords(field, t) : t("condition.gone", { field: leaf.field });
  const operators = field?.operators ?? [leaf.operator];
  const faultAt = (part: string) => faults.at(`${path}.${part}`);
  const said = [faults.at(path), faultAt("field"), faultAt("operator"), ...faults.under(`${path}.value`)];
  const errors = said.filter((each) => each !== undefined).map((each) => problemWords(each, t));
  return (
    <div className={classes.row}>
      <Select
        className={classes.field}
        aria-label={t("condition.field")}
        data={grouped(names.fields, t)}
        value={leaf.field}
        searchable
        allowDeselect={false}
        error={(names.known && !field) || Boolean(faultAt("field"))}
        placeholder={field ? undefined : leaf.field}
        onChange={(picked) => {
          const next = picked && names.field(picked);
          if (next && next.field !== leaf.field) onChange(fresh(next));
        }}
      />
      <Select
        className={classes.operator}
        aria-label={t("condition.operator")}
        data={operators.map((one) => ({ value: one, label: t(`operator.${one}`, { defaultValue: one }) }))}
        value={leaf.operator}
        allowDeselect={false}
        error={Boolean(faultAt("operator"))}
        onChange={(operator) => operator && onChange(withOperator(leaf, operator))}
      />
      <div className={classes.value}>
        <ConditionValue
          leaf={leaf}
          field={field}
          names={names}
          wrong={faults.under(`${path}.value`).length > 0 || faults.at(path) !== undefined}
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

function grouped(fields: ConditionField[], t: ReturnType<typeof useTranslation>["t"]) {
  return (["message", "contact", "ticket"] as const)
    .map((group) => ({
      group: t(`routing:condition.group.${group}`),
      items: fields
        .filter((field) => field.group === group)
        .map((field) => ({ value: field.field, label: fieldWords(field, t) })),
    }))
    .filter((group) => group.items.length > 0);
}

/** The row on another field starts over, with the comparison one wants most. */
function fresh(field: ConditionField): Leaf {
  const operator = field.operators.includes("contains") ? "contains" : (field.operators[0] ?? "is");
  const empty = field.type === "boolean" ? true : "";
  return withOperator({ field: field.field, operator: "is", value: empty }, operator);
}
