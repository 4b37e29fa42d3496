// With what a macro does something: the fields of one action.
import { NumberInput, Select, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { membersQuery, pipelinesQuery, teamsQuery } from "@/api/desk";
import type { MacroAction } from "@/api/macros";
import { propertiesQuery } from "@/api/properties";
import { tagsQuery } from "@/api/tags";
import { inUnit, unitOf } from "@/kit/macros/stepWords";
import { PropertyField } from "@/kit/properties/PropertyField";
import classes from "./MacroDrawer.module.css";

interface Props<A extends MacroAction = MacroAction> {
  action: A;
  onChange: (action: A) => void;
  faultAt: (field: string) => string | undefined;
}
type Of<D extends MacroAction["do"]> = Props<Extract<MacroAction, { do: D }>>;

export function ActionValue({ action, onChange, faultAt }: Props) {
  const rest = { onChange: onChange as (action: MacroAction) => void, faultAt };
  switch (action.do) {
    case "status":
      return <Status action={action} {...rest} />;
    case "assign":
      return <Assign action={action} {...rest} />;
    case "priority":
      return <Priority action={action} {...rest} />;
    case "tags":
      return <Tags action={action} {...rest} />;
    case "snooze":
      return <Snooze action={action} {...rest} />;
    case "set":
      return <Property action={action} {...rest} />;
    default:
      return null;
  }
}

/** A key is that of every pipeline; one that only some have is named with its pipeline. */
function Status({ action, onChange, faultAt }: Of<"status">) {
  const { t } = useTranslation("macros");
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const named = new Map<string, string>();
  for (const pipeline of pipelines)
    for (const status of pipeline.statuses)
      if (!named.has(status.key))
        named.set(status.key, pipeline.is_default ? status.name : `${status.name} (${pipeline.name})`);
  return (
    <Select
      aria-label={t("action.status")}
      placeholder={t("action.chooseStatus")}
      data={[...named].map(([value, label]) => ({ value, label }))}
      value={action.status || null}
      searchable={named.size > 8}
      allowDeselect={false}
      onChange={(status) => status && onChange({ ...action, status })}
      error={faultAt("status")}
    />
  );
}

const asIs = "as-is";
const nobody = "nobody";

function Assign({ action, onChange, faultAt }: Of<"assign">) {
  const { t } = useTranslation("macros");
  const members = (useQuery(membersQuery()).data?.items ?? []).filter((one) => one.active);
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  const chosen = (given: string | null | undefined) => (given === undefined ? asIs : (given ?? nobody));
  const pick = (field: "member" | "team", value: string | null) => {
    const { [field]: _, ...rest } = action;
    onChange(value === asIs ? rest : { ...rest, [field]: value === nobody ? null : value });
  };
  const gone = (id: string | null | undefined, known: { id: string }[]) =>
    id && id !== "me" && !known.some((one) => one.id === id) ? [{ value: id, label: t("action.gone") }] : [];
  const named = (known: { id: string; name: string }[]) =>
    known.map(({ id, name }) => ({ value: id, label: name }));
  const stays = { value: asIs, label: t("action.stays") };
  return (
    <div className={classes.pair}>
      <Select
        aria-label={t("action.member")}
        data={[
          { value: "me", label: t("action.me") },
          stays,
          { value: nobody, label: t("action.nobody") },
          ...named(members),
          ...gone(action.member, members),
        ]}
        value={chosen(action.member)}
        searchable
        allowDeselect={false}
        onChange={(value) => pick("member", value)}
        error={faultAt("member")}
      />
      <Select
        aria-label={t("action.team")}
        data={[
          { ...stays, label: `${t("action.team")}: ${t("action.stays")}` },
          { value: nobody, label: t("action.noTeam") },
          ...named(teams),
          ...gone(action.team, teams),
        ]}
        value={chosen(action.team)}
        searchable
        allowDeselect={false}
        onChange={(value) => pick("team", value)}
        error={faultAt("team")}
      />
    </div>
  );
}

const priorities = ["low", "normal", "high", "urgent"] as const;

function Priority({ action, onChange, faultAt }: Of<"priority">) {
  const { t } = useTranslation("macros");
  return (
    <Select
      aria-label={t("action.priority")}
      data={priorities.map((value) => ({ value, label: t(`common:priority.${value}`) }))}
      value={action.priority}
      allowDeselect={false}
      onChange={(value) => value && onChange({ ...action, priority: value as (typeof priorities)[number] })}
      error={faultAt("priority")}
    />
  );
}

function Tags({ action, onChange, faultAt }: Of<"tags">) {
  const { t } = useTranslation("macros");
  const [typed, setTyped] = useState("");
  const known = (useQuery(tagsQuery(typed.trim())).data?.items ?? []).map(({ name }) => name);
  return (
    <div className={classes.pair}>
      {(["add", "remove"] as const).map((field) => (
        <TagsInput
          key={field}
          aria-label={t(`action.${field}`)}
          placeholder={action[field]?.length ? undefined : t(`action.${field}`)}
          data={known}
          value={action[field] ?? []}
          acceptValueOnBlur
          onSearchChange={setTyped}
          onChange={(names) => onChange({ ...action, [field]: names })}
          error={faultAt(field)}
        />
      ))}
    </div>
  );
}

function Snooze({ action, onChange, faultAt }: Of<"snooze">) {
  const { t } = useTranslation("macros");
  const [unit, setUnit] = useState<keyof typeof inUnit>(() => unitOf(action.minutes));
  const amount = action.minutes / inUnit[unit];
  return (
    <div className={classes.pair}>
      <NumberInput
        aria-label={t("action.amount")}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        value={amount}
        onChange={(typed) => onChange({ ...action, minutes: (Number(typed) || 0) * inUnit[unit] })}
        error={faultAt("minutes")}
      />
      <Select
        aria-label={t("action.unit")}
        data={(["minutes", "hours", "days"] as const).map((value) => ({
          value,
          label: t(`action.${value}`),
        }))}
        value={unit}
        allowDeselect={false}
        onChange={(picked) => {
          if (!picked) return;
          const next = picked as keyof typeof inUnit;
          setUnit(next);
          onChange({ ...action, minutes: Math.max(1, Math.round(amount)) * inUnit[next] });
        }}
      />
    </div>
  );
}

function Property({ action, onChange, faultAt }: Of<"set">) {
  const { t } = useTranslation("macros");
  const all = useQuery(propertiesQuery()).data?.items ?? [];
  const settable = all.filter((one) => one.object === "ticket" && !one.builtin && !one.archived);
  const property = settable.find(({ key }) => key === action.property);
  return (
    <div className={classes.pair}>
      <Select
        aria-label={t("action.property")}
        placeholder={action.property || t("action.chooseProperty")}
        data={settable.map(({ key, label }) => ({ value: key, label }))}
        value={property?.key ?? null}
        searchable={settable.length > 8}
        allowDeselect={false}
        onChange={(key) => key && onChange({ ...action, property: key, value: null })}
        error={faultAt("property")}
      />
      {property && (
        <PropertyField
          property={{ ...property, label: t("action.value"), help: "" }}
          labelHidden
          value={action.value}
          onChange={(value) => onChange({ ...action, value })}
          error={faultAt("value")}
        />
      )}
    </div>
  );
}
