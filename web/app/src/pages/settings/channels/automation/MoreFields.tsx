// Limits of this channel in its own working time, and the hours that make it.
import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { HoursEditor } from "@/kit/hours/HoursEditor";
import { ZoneField } from "@/kit/hours/ZoneField";
import type { FieldsProps } from "./AssignSection";
import classes from "./AssignSection.module.css";
import { problemWords } from "./problemWords";

export function MoreFields({ routing, onChange, faults }: FieldsProps) {
  const { t } = useTranslation("routing");
  const hoursFault = faults.under("working_hours")[0];
  const zoneFault = faults.at("timezone");
  const limit = { faults };
  return (
    <div className={classes.limits}>
      <Limit
        {...limit}
        name="answer"
        field="answer_limit_hours"
        unit="hours"
        value={routing.answer_limit_hours}
        onChange={(hours) => onChange({ answer_limit_hours: hours ?? 0 })}
      />
      <Limit
        {...limit}
        name="owner"
        field="owner_wait_hours"
        unit="hours"
        value={routing.owner_wait_hours}
        onChange={(hours) => onChange({ owner_wait_hours: hours ?? 0 })}
      />
      <Limit
        {...limit}
        name="tooLong"
        field="waiting_too_long_minutes"
        unit="minutes"
        value={routing.waiting_too_long_minutes}
        onChange={(minutes) => onChange({ waiting_too_long_minutes: minutes })}
      />
      <div className={classes.hours}>
        <div className={classes.label}>{t("more.open")}</div>
        <p className={classes.text} style={{ marginBottom: 10 }}>
          {t("more.openText")}
        </p>
        <HoursEditor
          label={t("more.open")}
          value={routing.working_hours}
          onChange={(working_hours) => onChange({ working_hours })}
          error={hoursFault && problemWords(hoursFault, t)}
        />
      </div>
      <ZoneField
        value={routing.timezone}
        onChange={(timezone) => onChange({ timezone })}
        error={zoneFault && problemWords(zoneFault, t)}
      />
    </div>
  );
}

interface LimitProps {
  name: "answer" | "owner" | "tooLong";
  field: string;
  unit: "hours" | "minutes";
  value: number | null;
  onChange: (value: number | null) => void;
  faults: FieldsProps["faults"];
}

function Limit({ name, field, unit, value, onChange, faults }: LimitProps) {
  const { t } = useTranslation("routing");
  const fault = faults.at(field);
  return (
    <div className={classes.limit}>
      <div>
        <div className={classes.label} id={`limit-${name}`}>
          {t(`more.${name}`)}
        </div>
        <p className={classes.text}>{t(`more.${name}Text`)}</p>
      </div>
      <NumberInput
        aria-labelledby={`limit-${name}`}
        min={unit === "hours" ? 0 : 1}
        allowDecimal={unit === "hours"}
        allowNegative={false}
        suffix={` ${t(`more.${unit}`)}`}
        placeholder={t("more.never")}
        value={value ?? ""}
        onChange={(typed) => onChange(typeof typed === "number" ? typed : null)}
        error={fault && problemWords(fault, t)}
      />
    </div>
  );
}
