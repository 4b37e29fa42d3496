// The fields that a kind asks for, each drawn by its type.
import { NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { passwordToggle } from "@/pages/signin/passwordToggle";
import { AnswerSelect } from "../../answering/AnswerSelect";
import { useAnswering } from "../../answering/useAnswering";
import { FormSelect } from "../form/FormSelect";
import type { AskedField, Settings } from "./asked";
import { isStored, valueAt, withValue } from "./paths";

interface Props {
  fields: readonly AskedField[];
  value: Settings;
  onChange: (value: Settings) => void;
  /** By path. */
  errors: Record<string, string>;
  /** What is stored already: its secrets need not be typed again. */
  stored?: Settings;
}

export function SettingsFields({ fields, value, onChange, errors, stored = {} }: Props) {
  return fields.map((field) => (
    <Field
      key={field.name}
      field={field}
      value={valueAt(value, field.name)}
      onChange={(changed) => onChange(withValue(value, field.name, changed))}
      error={errors[field.name]}
      isStored={isStored(stored, field.name)}
    />
  ));
}

interface FieldProps {
  field: AskedField;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string;
  isStored: boolean;
}

function Field({ field, value, onChange, error, isStored }: FieldProps) {
  const { t } = useTranslation("settings");
  const said = {
    label: field.label,
    description: field.help || undefined,
    placeholder: field.placeholder || undefined,
    error,
    maw: 460,
  };
  const needed = { required: field.required, withAsterisk: false };
  const text = String(value ?? "");
  switch (field.type) {
    case "switch":
      return (
        <Switch
          label={field.label}
          description={field.help || undefined}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          error={error}
        />
      );
    case "number":
      return (
        <NumberInput {...said} {...needed} value={text === "" ? "" : Number(text)} onChange={onChange} />
      );
    case "select":
      return (
        <Select
          {...said}
          {...needed}
          data={field.options}
          allowDeselect={!field.required}
          value={text || null}
          onChange={(chosen) => onChange(chosen ?? "")}
        />
      );
    case "textarea":
      return (
        <Textarea
          {...said}
          {...needed}
          autosize
          minRows={3}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "password":
      return (
        <PasswordInput
          {...said}
          {...needed}
          required={field.required && !isStored}
          autoComplete="new-password"
          visibilityToggleButtonProps={passwordToggle(t)}
          placeholder={isStored ? t("smtp.passwordKept") : said.placeholder}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "form":
      return (
        <FormSelect label={field.label} help={field.help} value={text} onChange={onChange} error={error} />
      );
    case "channel":
      return <ChannelField field={field} value={text} onChange={onChange} error={error} />;
    default:
      return (
        <TextInput
          {...said}
          {...needed}
          type={field.type === "email" ? "email" : "text"}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

function ChannelField({
  field,
  value,
  onChange,
  error,
}: Omit<FieldProps, "value" | "isStored"> & { value: string }) {
  return (
    <AnswerSelect
      label={field.label}
      help={field.help}
      answering={useAnswering()}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
