// What a field is compared with, in the way its type is typed or chosen.
import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Leaf } from "@/api/routing";
import type { Asked, AskedField } from "./asked";
import classes from "./ConditionBuilder.module.css";
import { valueShape } from "./conditions";
import { RelativeTime } from "./RelativeTime";

interface Props {
  leaf: Leaf;
  field: AskedField | undefined;
  asked: Asked;
  wrong: boolean;
  onChange: (value: unknown) => void;
}

export function ConditionValue({ leaf, field, asked, wrong, onChange }: Props) {
  const { t } = useTranslation("routing");
  const label = t("condition.value");
  const shape = valueShape(leaf.operator);
  const options = optionsOf(field, asked);
  if (shape === "none") return null;
  if (shape === "many") {
    const props = { "aria-label": label, value: texts(leaf.value), onChange, error: wrong };
    return options ? <MultiSelect {...props} data={options} searchable /> : <TagsInput {...props} />;
  }
  if (shape === "two") {
    const [from, to] = Array.isArray(leaf.value) ? leaf.value : ["", ""];
    const one = { type: field?.type ?? "number", relative: field?.relative, wrong };
    return (
      <div className={classes.two}>
        <One {...one} label={t("condition.from")} value={from} onChange={(value) => onChange([value, to])} />
        <One {...one} label={t("condition.to")} value={to} onChange={(value) => onChange([from, value])} />
      </div>
    );
  }
  if (field?.type === "boolean")
    return (
      <Select
        aria-label={label}
        data={[
          { value: "true", label: t("condition.yes") },
          { value: "false", label: t("condition.no") },
        ]}
        value={String(leaf.value ?? true)}
        allowDeselect={false}
        error={wrong}
        onChange={(value) => onChange(value === "true")}
      />
    );
  if (options)
    return (
      <Select
        aria-label={label}
        data={options}
        value={String(leaf.value ?? "")}
        searchable={options.length > 8}
        allowDeselect={false}
        error={wrong}
        onChange={(value) => onChange(value)}
      />
    );
  return (
    <One
      type={field?.type ?? "text"}
      relative={field?.relative}
      label={label}
      value={leaf.value}
      wrong={wrong}
      onChange={onChange}
    />
  );
}

interface OneProps {
  type: string;
  relative?: boolean;
  label: string;
  value: unknown;
  wrong: boolean;
  onChange: (value: unknown) => void;
}

function One({ type, relative, label, value, wrong, onChange }: OneProps) {
  if (relative) {
    const fixed = <One type={type} label={label} value={value} wrong={wrong} onChange={onChange} />;
    return (
      <RelativeTime label={label} value={value} wrong={wrong} onChange={onChange}>
        {fixed}
      </RelativeTime>
    );
  }
  if (type === "number")
    return (
      <NumberInput
        aria-label={label}
        value={typeof value === "number" ? value : String(value ?? "")}
        onChange={onChange}
        error={wrong}
        hideControls
      />
    );
  const input = type === "date" ? "date" : type === "datetime" ? "datetime-local" : "text";
  return (
    <TextInput
      aria-label={label}
      type={input}
      value={type === "datetime" ? localOf(value) : String(value ?? "")}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(type === "datetime" && typed ? new Date(typed).toISOString() : typed);
      }}
      error={wrong}
    />
  );
}

function optionsOf(field: AskedField | undefined, asked: Asked) {
  if (field?.options && field.options.length > 0)
    return field.options.map(({ value, label }) => ({ value, label }));
  if (field?.type === "member") return asked.members.map(({ id, name }) => ({ value: id, label: name }));
  return null;
}

const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

/** A moment in UTC as the input for date and time wants it, in the reader's own zone. */
function localOf(value: unknown): string {
  const at = new Date(String(value ?? ""));
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
