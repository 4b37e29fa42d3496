// A routing in sentences of the reader's language: its conditions, its targets, and all of it line by line.
import type { TFunction } from "i18next";
import type { Condition, ConditionField, Leaf, Routing, Rule, Targets } from "@/api/routing";
import { groupOf, isLeaf, valueShape } from "@/kit/condition/conditions";
import { weekInWords } from "@/kit/hours/week";
import type { Names } from "./useNames";

export function fieldWords(field: ConditionField, t: TFunction): string {
  return t(`routing:field.${field.field.replace(".", "_")}`, { defaultValue: field.label });
}

export function optionWords(field: string, option: { value: string; label: string }, t: TFunction): string {
  return field === "ticket.priority" || field === "priority"
    ? t(`common:priority.${option.value}`, { defaultValue: option.label })
    : option.label;
}

/** "priority is urgent and (subject contains “refund” or …)" */
export function conditionWords(tree: Condition, names: Names, t: TFunction): string {
  return said(tree, names, t, 0) || t("routing:rules.always");
}

function said(tree: Condition, names: Names, t: TFunction, depth: number): string {
  if (isLeaf(tree)) return leafWords(tree, names, t);
  const { match, not, items } = groupOf(tree);
  const parts = items.map((item) => said(item, names, t, depth + 1)).filter(Boolean);
  const joined = parts.join(t(match === "all" ? "routing:condition.joinAll" : "routing:condition.joinAny"));
  if (not && joined) return t("routing:condition.negated", { what: joined });
  return depth > 0 && parts.length > 1 ? `(${joined})` : joined;
}

function leafWords(leaf: Leaf, names: Names, t: TFunction): string {
  const field = names.field(leaf.field);
  return t("routing:condition.leaf", {
    field: field ? fieldWords(field, t) : t("routing:condition.gone", { field: leaf.field }),
    operator: t(`routing:operator.${leaf.operator}`, { defaultValue: leaf.operator }),
    value: valueWords(leaf, field, names, t),
  }).trim();
}

function valueWords(leaf: Leaf, field: ConditionField | undefined, names: Names, t: TFunction): string {
  const one = (value: unknown) => {
    if (typeof value === "boolean") return t(value ? "routing:condition.yes" : "routing:condition.no");
    const option = field?.options?.find((each) => each.value === value);
    if (option) return optionWords(leaf.field, option, t);
    const text = String(value ?? "");
    if (field?.type === "member") return names.member(text)?.name ?? text;
    return field?.type === "number" || text === "" ? text || "…" : t("routing:condition.quoted", { text });
  };
  const shape = valueShape(leaf.operator);
  if (shape === "none") return "";
  if (shape === "one") return one(leaf.value);
  const values = Array.isArray(leaf.value) ? leaf.value : [];
  if (shape === "two") return t("routing:condition.range", { from: one(values[0]), to: one(values[1]) });
  return values.map(one).join(", ") || "…";
}

export function targetWords({ users, teams }: Targets, names: Names, t: TFunction): string {
  return [
    ...teams.map((id) => names.team(id)?.name ?? t("routing:targets.goneTeam")),
    ...users.map((id) => names.member(id)?.name ?? t("routing:targets.gonePerson")),
  ].join(", ");
}

export const skillWords = (skills: readonly string[], names: Names) =>
  skills.map((id) => names.skill(id)?.name ?? "?").join(", ");

export const ruleName = (rule: Rule, number: number, t: TFunction) =>
  rule.name.trim() || t("routing:rules.nth", { number });

/** "asks for Finnish, to Support" */
export function ruleThen(rule: Rule, names: Names, t: TFunction): string {
  const parts = [];
  if (rule.require_skills.length > 0)
    parts.push(t("routing:rule.needs", { skills: skillWords(rule.require_skills, names) }));
  if (rule.to) parts.push(t("routing:rule.goes", { who: targetWords(rule.to, names, t) || "…" }));
  return parts.join(", ") || t("routing:rule.nothing");
}

/** Who gets what no rule sends elsewhere. */
export function assignWords(routing: Routing, names: Names, t: TFunction): string {
  if (routing.assign === "none") return t("routing:flow.none");
  if (routing.assign === "members") return targetWords(routing.to, names, t) || t("routing:flow.noTargets");
  const fallback = targetWords(routing.fallback, names, t);
  return fallback ? t("routing:flow.ownerElse", { who: fallback }) : t("routing:flow.ownerOnly");
}

export type PropertyWords = (key: string, value: unknown) => { name: string; value: string };

/** Everything a routing says, one line each, to be laid beside another one's. */
export function routingLines(
  routing: Routing,
  names: Names,
  property: PropertyWords,
  t: TFunction,
  locale: string,
): string[] {
  const line = (key: string, holes: Record<string, unknown> = {}) => t(`routing:history.line.${key}`, holes);
  const set = Object.entries(routing.properties).map(([key, value]) =>
    line("property", property(key, value)),
  );
  const rules = routing.rules.map((rule, index) => {
    const words = t("routing:rule.words", {
      when: conditionWords(rule.when, names, t),
      what: ruleThen(rule, names, t),
    });
    const text = rule.name ? `${rule.name} – ${words}` : words;
    return line(rule.active ? "rule" : "ruleOff", { number: index + 1, text });
  });
  return [
    ...set,
    ...rules,
    line("assign", { who: assignWords(routing, names, t) }),
    line(routing.only_available ? "only" : "all"),
    line(routing.give_out_waiting ? "waits" : "stays"),
    line(routing.distribution),
    line("answer", { n: routing.answer_limit_hours }),
    line("owner", { n: routing.owner_wait_hours }),
    ...(routing.waiting_too_long_minutes ? [line("tooLong", { n: routing.waiting_too_long_minutes })] : []),
    line("hours", { hours: hoursWords(routing, t, locale), zone: routing.timezone }),
  ];
}

export const hoursWords = ({ working_hours }: Routing, t: TFunction, locale: string) =>
  weekInWords(working_hours, locale, {
    always: t("routing:more.aroundTheClock"),
    never: t("routing:more.closed"),
  });
