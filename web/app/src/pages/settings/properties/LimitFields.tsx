// What a value must keep to, as far as its type has such limits.
import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Limits, PropertyType } from "@/api/properties";
import classes from "./PropertyDrawer.module.css";

interface Props {
  type: PropertyType;
  limits: Limits;
  onChange: (limits: Limits) => void;
  errors: Record<string, string>;
}

export function LimitFields({ type, limits, onChange, errors }: Props) {
  const { t } = useTranslation("properties");
  if (type === "boolean") return null;
  const set = (change: Partial<Limits>) => onChange({ ...limits, ...change });
  return (
    <>
      {type === "number" && (
        <>
          <div className={classes.two}>
            <Amount
              label={t("drawer.min")}
              value={limits.min}
              onChange={(min) => set({ min })}
              error={errors["limits.min"]}
            />
            <Amount
              label={t("drawer.max")}
              value={limits.max}
              onChange={(max) => set({ max })}
              error={errors["limits.max"]}
            />
          </div>
          <Select
            label={t("drawer.decimals")}
            allowDeselect={false}
            data={[{ value: "", label: t("drawer.decimalsAny") }, ...["0", "1", "2", "3", "4", "5", "6"]]}
            value={limits.decimals === null ? "" : String(limits.decimals)}
            onChange={(value) => set({ decimals: value ? Number(value) : null })}
            error={errors["limits.decimals"]}
          />
        </>
      )}
      {(type === "text" || type === "long_text") && (
        <div className={classes.two}>
          <Amount
            label={t("drawer.minLength")}
            value={limits.min_length}
            onChange={(min_length) => set({ min_length })}
            error={errors["limits.min_length"]}
          />
          <Amount
            label={t("drawer.maxLength")}
            value={limits.max_length}
            onChange={(max_length) => set({ max_length })}
            error={errors["limits.max_length"]}
          />
        </div>
      )}
      {(type === "date" || type === "datetime") && (
        <div className={classes.two}>
          <Day
            label={t("drawer.from")}
            value={limits.min}
            onChange={(min) => set({ min })}
            error={errors["limits.min"]}
          />
          <Day
            label={t("drawer.to")}
            value={limits.max}
            onChange={(max) => set({ max })}
            error={errors["limits.max"]}
          />
        </div>
      )}
      {type === "phone" && (
        <TextInput
          label={t("drawer.region")}
          description={t("drawer.regionText")}
          maxLength={2}
          value={limits.region ?? ""}
          onChange={(event) => set({ region: event.currentTarget.value.toUpperCase() || null })}
          error={errors["limits.region"]}
        />
      )}
      <Switch
        label={t("drawer.required")}
        checked={limits.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
    </>
  );
}

interface OneProps<T> {
  label: string;
  value: number | string | null;
  onChange: (value: T | null) => void;
  error?: string;
}

function Amount({ label, value, onChange, error }: OneProps<number>) {
  return (
    <NumberInput
      label={label}
      value={value ?? ""}
      onChange={(typed) => onChange(typed === "" ? null : Number(typed))}
      hideControls
      error={error}
    />
  );
}

function Day({ label, value, onChange, error }: OneProps<string>) {
  return (
    <TextInput
      label={label}
      type="date"
      value={String(value ?? "")}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      error={error}
    />
  );
}
