// What a rule is made of: name, condition, skills, other targets, and when it asks for less.
import { Checkbox, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Rule } from "@/api/routing";
import type { Said } from "@/kit/condition/asked";
import { ConditionBuilder } from "@/kit/condition/ConditionBuilder";
import type { Faults } from "../faults";
import { problemWords } from "../problemWords";
import { SkillsPicker } from "../SkillsPicker";
import { TargetsPicker } from "../TargetsPicker";
import { useAsked } from "../useAsked";
import type { Names } from "../useNames";
import classes from "./RuleList.module.css";

interface Props {
  rule: Rule;
  number: number;
  onChange: (rule: Rule) => void;
  names: Names;
  faults: Faults;
  /** It was added just now: one starts with its name. */
  added: boolean;
}

export function RuleFields({ rule, number, onChange, names, faults, added }: Props) {
  const { t } = useTranslation("routing");
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (added) name.current?.focus();
  }, [added]);
  const asked = useAsked(names);
  const said = useMemo(() => inWords(faults, t), [faults, t]);
  const path = `rules.${rule.id}`;
  const set = (change: Partial<Rule>) => onChange({ ...rule, ...change });
  const wrong = [said.at(path), said.at(`${path}.name`), said.at(`${path}.active`)];
  return (
    <Stack gap={16}>
      <TextInput
        ref={name}
        label={t("rules.name")}
        placeholder={`${t("rules.nth", { number })} – ${t("rules.namePlaceholder")}`}
        value={rule.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={wrong.filter((each) => each !== undefined).join(" ") || undefined}
      />
      <fieldset className={classes.part}>
        <legend>{t("rules.when")}</legend>
        {"field" in rule.when || Object.keys(rule.when).length > 0 ? null : (
          <p className={classes.hint}>{t("condition.none")}</p>
        )}
        <ConditionBuilder
          value={rule.when}
          onChange={(when) => set({ when })}
          asked={asked}
          said={said}
          path={`${path}.when`}
        />
        <Fault text={faults.at(`${path}.when`)} />
      </fieldset>
      <SkillsPicker
        value={rule.require_skills}
        onChange={(require_skills) => set({ require_skills })}
        names={names}
        faults={faults}
        path={`${path}.require_skills`}
      />
      <FewerSkills rule={rule} onChange={set} names={names} fault={faults.at(`${path}.fewer_skills_after`)} />
      <Radio.Group
        label={t("rules.send")}
        value={rule.to ? "others" : "channel"}
        onChange={(to) => set({ to: to === "others" ? { users: [], teams: [] } : null })}
      >
        <Stack gap={8} mt={2}>
          <Radio value="channel" label={t("rules.sendChannel")} />
          <Radio value="others" label={t("rules.sendOthers")} />
        </Stack>
      </Radio.Group>
      {rule.to && (
        <TargetsPicker
          label={t("rules.sendOthers")}
          value={rule.to}
          onChange={(to) => set({ to })}
          names={names}
          faults={faults}
          path={`${path}.to`}
        />
      )}
    </Stack>
  );
}

const inWords = (faults: Faults, t: TFunction): Said => ({
  at: (path) => {
    const said = faults.at(path);
    return said && problemWords(said, t);
  },
  under: (path) => faults.under(path).map((said) => problemWords(said, t)),
});

interface FewerProps {
  rule: Rule;
  onChange: (change: Partial<Rule>) => void;
  names: Names;
  fault?: string;
}

const usualWait = 30;

/** Only where there is more than one skill to ask for can fewer be asked for. */
function FewerSkills({ rule, onChange, names, fault }: FewerProps) {
  const { t } = useTranslation("routing");
  const after = rule.fewer_skills_after;
  const first = rule.require_skills[0];
  if (after === null && rule.require_skills.length < 2) return null;
  return (
    <div className={classes.fewer}>
      <Checkbox
        label={t("rules.fewer")}
        description={
          after !== null && t("rules.fewerText", { skill: (first && names.skill(first)?.name) ?? "…" })
        }
        checked={after !== null}
        onChange={(event) => onChange({ fewer_skills_after: event.currentTarget.checked ? usualWait : null })}
      />
      {after !== null && (
        <NumberInput
          aria-label={t("rules.fewerAfter")}
          w={190}
          min={1}
          allowDecimal={false}
          suffix={` ${t("more.minutes")}`}
          value={after}
          onChange={(minutes) =>
            onChange({ fewer_skills_after: typeof minutes === "number" ? minutes : usualWait })
          }
          error={fault && problemWords(fault, t)}
        />
      )}
    </div>
  );
}

function Fault({ text }: { text?: string }) {
  const { t } = useTranslation();
  return text ? (
    <p className={classes.fault} role="alert">
      {problemWords(text, t)}
    </p>
  ) : null;
}
