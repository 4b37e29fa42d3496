// A time that is counted from now, "7 days ago", or one in the calendar.
import { NumberInput, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ConditionBuilder.module.css";

const units = ["minutes", "hours", "days", "weeks"] as const;
const ways = ["ago", "ahead", "fixed"] as const;
type Way = (typeof ways)[number];

interface Props {
  label: string;
  value: unknown;
  wrong: boolean;
  onChange: (value: unknown) => void;
  /** The field for a time in the calendar. */
  children: ReactNode;
}

export function RelativeTime({ label, value, wrong, onChange, children }: Props) {
  const { t } = useTranslation("routing");
  const { way, count, unit } = read(value);
  const turn = (next: Way) => onChange(next === "fixed" ? "" : { [next]: count, unit });
  return (
    <div className={classes.time} data-fixed={way === "fixed" || undefined}>
      {way === "fixed" ? (
        children
      ) : (
        <>
          <NumberInput
            aria-label={label}
            value={count}
            min={0}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            error={wrong}
            onChange={(typed) => onChange({ [way]: Number(typed) || 0, unit })}
          />
          <Select
            aria-label={t("time.unit")}
            data={units.map((one) => ({ value: one, label: t(`time.${one}`) }))}
            value={unit}
            allowDeselect={false}
            onChange={(next) => next && onChange({ [way]: count, unit: next })}
          />
        </>
      )}
      <Select
        aria-label={t("time.way")}
        data={ways.map((one) => ({ value: one, label: t(`time.${one}`) }))}
        value={way}
        allowDeselect={false}
        onChange={(next) => next && turn(next as Way)}
      />
    </div>
  );
}

function read(value: unknown): { way: Way; count: number; unit: string } {
  if (typeof value !== "object" || value === null) return { way: "fixed", count: 7, unit: "days" };
  const { ago, ahead, unit } = value as { ago?: number; ahead?: number; unit?: string };
  return { way: ago === undefined ? "ahead" : "ago", count: ago ?? ahead ?? 0, unit: unit ?? "days" };
}
