// What an action of a macro does, in words.
import type { TFunction } from "i18next";
import type { MacroStep } from "@/api/macros";
import { i18n } from "@/i18n";

/** `t` of the namespace `macros`. */
export function stepWords(step: MacroStep, t: TFunction<"macros">): string {
  switch (step.do) {
    case "status":
      return t("step.status", { status: step.status });
    case "assign":
      return listed([...assigned(step, t)]);
    case "priority":
      return t("step.priority", { priority: t(`common:priority.${step.priority ?? "normal"}`) });
    case "tags":
      return listed([
        ...(step.add.length ? [t("step.addTags", { tags: listed(step.add) })] : []),
        ...(step.remove.length ? [t("step.removeTags", { tags: listed(step.remove) })] : []),
      ]);
    case "snooze":
      return snoozed(step.minutes ?? 0, t);
    case "set":
      return step.value === null
        ? t("step.empty", { property: step.property })
        : t("step.set", { property: step.property, value: step.value });
    default:
      return t("step.follow");
  }
}

function* assigned(step: MacroStep, t: TFunction<"macros">) {
  if (step.changes.includes("member")) {
    if (step.me) yield t("step.assignMe");
    else yield step.member ? t("step.assign", { member: step.member }) : t("step.assignNobody");
  }
  if (step.changes.includes("team")) yield step.team ? t("step.team", { team: step.team }) : t("step.noTeam");
}

export const unitOf = (minutes: number) =>
  minutes % 1440 === 0 ? "days" : minutes % 60 === 0 ? "hours" : "minutes";
export const inUnit = { minutes: 1, hours: 60, days: 1440 } as const;

function snoozed(minutes: number, t: TFunction<"macros">): string {
  const unit = unitOf(minutes);
  const count = minutes / inUnit[unit];
  if (unit === "days") return t("step.snoozeDays", { count });
  return unit === "hours" ? t("step.snoozeHours", { count }) : t("step.snoozeMinutes", { count });
}

const listed = (words: string[]) =>
  new Intl.ListFormat(i18n.language, { type: "unit", style: "short" }).format(words);
