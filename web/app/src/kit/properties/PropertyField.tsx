// The input for a property's value: one look for each type, the same wherever a value is asked for.
import { MultiSelect, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { AskedFor } from "@/api/properties";
import { PersonSelect } from "../PersonSelect";
import { localMoment, utcMoment } from "./values";

interface Props {
  property: AskedFor;
  value: unknown;
  /** null: empty. */
  onChange: (value: unknown) => void;
  error?: string;
  disabled?: boolean;
  /** Where the name stands beside the field already. */
  labelHidden?: boolean;
  autoFocus?: boolean;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

const searchFrom = 8;

export function PropertyField({ property, value, onChange, labelHidden, ...rest }: Props) {
  const { t } = useTranslation("properties");
  const { type, label, help, limits } = property;
  const named = labelHidden
    ? { "aria-label": label }
    : { label, description: help || undefined, withAsterisk: limits.required };
  const field = { ...named, ...rest, size: "sm" };
  const text = { ...field, value: String(value ?? "") };
  const list = { defaultDropdownOpened: rest.autoFocus, comboboxProps: { withinPortal: true } };
  const clear = { ...list, clearable: !limits.required, clearButtonProps: { "aria-label": t("clear") } };
  switch (type) {
    case "long_text":
      return (
        <Textarea
          {...text}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={limits.max_length ?? undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...field}
          value={typeof value === "number" ? value : ""}
          decimalScale={limits.decimals ?? undefined}
          min={typeof limits.min === "number" ? limits.min : undefined}
          max={typeof limits.max === "number" ? limits.max : undefined}
          clampBehavior="none"
          hideControls
          onChange={(typed) => onChange(typed === "" ? null : Number(typed))}
        />
      );
    case "boolean":
      return (
        <Select
          {...field}
          {...clear}
          placeholder={t("choose")}
          data={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
          value={typeof value === "boolean" ? String(value) : null}
          onChange={(picked) => onChange(picked === null ? null : picked === "true")}
        />
      );
    case "select":
      return (
        <Select
          {...field}
          {...clear}
          placeholder={t("choose")}
          data={choices(property, value ? [String(value)] : [], t("noLongerOffered"))}
          searchable={property.options.length > searchFrom}
          nothingFoundMessage={t("common:noMatch")}
          value={value ? String(value) : null}
          onChange={onChange}
        />
      );
    case "multi_select":
      return (
        <MultiSelect
          {...field}
          {...clear}
          placeholder={t("choose")}
          data={choices(property, (value as string[]) ?? [], t("noLongerOffered"))}
          searchable={property.options.length > searchFrom}
          nothingFoundMessage={t("common:noMatch")}
          value={(value as string[]) ?? []}
          onChange={onChange}
        />
      );
    case "member":
      return (
        <PersonSelect
          {...field}
          {...list}
          clearable={!limits.required}
          value={value ? String(value) : null}
          onChange={onChange}
        />
      );
    case "datetime":
      return (
        <TextInput
          {...field}
          type="datetime-local"
          value={localMoment(value)}
          onChange={(event) => onChange(utcMoment(event.currentTarget.value))}
        />
      );
    default:
      return (
        <TextInput
          {...text}
          type={inputTypes[type] ?? "text"}
          inputMode={type === "url" ? "url" : undefined}
          min={typeof limits.min === "string" ? limits.min : undefined}
          max={typeof limits.max === "string" ? limits.max : undefined}
          maxLength={limits.max_length ?? undefined}
          placeholder={placeholders[type]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** An address without "https://" is right too, which the browser's own check of `url` would not let pass. */
const inputTypes: Partial<Record<AskedFor["type"], string>> = { date: "date", email: "email", phone: "tel" };
const placeholders: Partial<Record<AskedFor["type"], string>> = {
  url: "https://",
  email: "name@example.com",
  phone: "+46",
};

/** What can be chosen; what is no longer offered only where it is what stands there. */
function choices(property: AskedFor, chosen: string[], gone: string) {
  const offered = property.options.filter((option) => !option.archived || chosen.includes(option.value));
  const known = offered.map(({ value, label, archived }) => ({
    value,
    label: archived ? `${label} (${gone})` : label,
  }));
  const unknown = chosen.filter((value) => !property.options.some((option) => option.value === value));
  return [...known, ...unknown.map((value) => ({ value, label: value }))];
}
