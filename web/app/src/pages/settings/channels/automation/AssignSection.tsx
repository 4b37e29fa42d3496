// "Assign incoming tickets to": nobody, users and teams, or the contact's owner, and what happens when nobody is free.
import { Checkbox, Radio, SegmentedControl, Stack, Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Assign, Routing } from "@/api/routing";
import classes from "./AssignSection.module.css";
import type { Faults } from "./faults";
import { problemWords } from "./problemWords";
import { TargetsPicker } from "./TargetsPicker";
import type { Names } from "./useNames";
import { Warnings } from "./Warnings";

export interface FieldsProps {
  routing: Routing;
  onChange: (change: Partial<Routing>) => void;
  names: Names;
  faults: Faults;
  warnings?: Faults;
}

const choices = ["none", "members", "contact_owner"] as const;

export function AssignFields({ routing, onChange, names, faults, warnings }: FieldsProps) {
  const { t } = useTranslation("routing");
  const fault = faults.at("assign");
  const pick = (of: "to" | "fallback") => (
    <Stack gap={8}>
      <TargetsPicker
        label={t(of === "to" ? "assign.targets" : "assign.fallback")}
        text={of === "fallback" ? t("assign.fallbackText") : undefined}
        value={routing[of]}
        onChange={(value) => onChange({ [of]: value })}
        names={names}
        faults={faults}
        path={of}
        required={of === "to"}
      />
      <Warnings lines={warnings?.under(of) ?? []} />
    </Stack>
  );
  return (
    <>
      <Radio.Group
        aria-label={t("assign.title")}
        value={routing.assign}
        onChange={(assign) => onChange({ assign: assign as Assign })}
        error={fault && problemWords(fault, t)}
      >
        <Stack gap={8}>
          {choices.map((assign) => (
            <Choice key={assign} assign={assign} chosen={routing.assign === assign}>
              {assign === "members" && pick("to")}
              {assign === "contact_owner" && pick("fallback")}
            </Choice>
          ))}
        </Stack>
      </Radio.Group>
      {(routing.assign !== "none" || routing.rules.some((rule) => rule.to)) && (
        <HowSection routing={routing} onChange={onChange} />
      )}
    </>
  );
}

function Choice({ assign, chosen, children }: { assign: Assign; chosen: boolean; children: ReactNode }) {
  const { t } = useTranslation("routing");
  return (
    <div className={classes.choice} data-chosen={chosen || undefined}>
      <Radio value={assign} label={t(`assign.${assign}`)} description={t(`assign.${assign}Text`)} />
      {chosen && children && <div className={classes.inside}>{children}</div>}
    </div>
  );
}

function HowSection({ routing, onChange }: Pick<FieldsProps, "routing" | "onChange">) {
  const { t } = useTranslation("routing");
  return (
    <Stack gap={16} mt={4}>
      <Checkbox
        label={t("assign.available")}
        description={t("assign.availableText")}
        checked={routing.only_available}
        onChange={(event) => onChange({ only_available: event.currentTarget.checked })}
      />
      <div>
        <div className={classes.label} id="distribution">
          {t("assign.distribution")}
        </div>
        <SegmentedControl
          size="sm"
          aria-labelledby="distribution"
          value={routing.distribution}
          onChange={(value) => onChange({ distribution: value as Routing["distribution"] })}
          data={(["fewest_open", "round_robin"] as const).map((value) => ({
            value,
            label: t(`assign.${value}`),
          }))}
        />
        <p className={classes.text}>{t(`assign.${routing.distribution}Text`)}</p>
      </div>
      <Switch
        label={t("assign.giveOut")}
        description={t(routing.give_out_waiting ? "assign.giveOutOn" : "assign.giveOutOff")}
        checked={routing.give_out_waiting}
        onChange={(event) => onChange({ give_out_waiting: event.currentTarget.checked })}
      />
    </Stack>
  );
}
