// What a rule does, in a sentence of the reader's language.
import type { TFunction } from "i18next";
import type { Action } from "@/api/automations";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { isAddress } from "./draft";

export const actionsWords = (actions: readonly Action[], names: Names, catalogue: Catalogue, t: TFunction) =>
  actions.map((action) => actionWords(action, names, catalogue, t)).join(", ");

export function actionWords(action: Action, names: Names, catalogue: Catalogue, t: TFunction): string {
  switch (action.do) {
    case "set": {
      const { name, value } = catalogue.words(action.property, action.value);
      return value === ""
        ? t("automation:said.emptied", { name })
        : t("automation:said.set", { name, value });
    }
    case "status":
      return t("automation:said.status", { value: statusName(action.status, names) });
    case "assign":
      return assignWords(action, names, t);
    case "mail":
      return mailWords(action.to, names, t);
    default:
      return t(`automation:said.${action.do}`, { name: action.name });
  }
}

/** The name of a status that a key or an id names. */
export function statusName(wanted: string, names: Names): string {
  const option = names.field("ticket.status")?.options?.find(({ value }) => value === wanted);
  if (option) return option.label;
  const statuses = names.pipelines.flatMap((pipeline) => pipeline.statuses);
  return statuses.find(({ id }) => id === wanted)?.name ?? wanted;
}

function assignWords(action: Extract<Action, { do: "assign" }>, names: Names, t: TFunction): string {
  const { member, team } = action;
  const who = [
    member && (names.member(member)?.name ?? t("automation:said.gone")),
    team && (names.team(team)?.name ?? t("automation:said.goneTeam")),
  ].filter(Boolean);
  const parts = who.length > 0 ? [t("automation:said.assign", { who: who.join(", ") })] : [];
  if (member === null) parts.push(t("automation:said.unassign"));
  if (team === null) parts.push(t("automation:said.noTeam"));
  return parts.join(", ") || t("automation:action.assign");
}

function mailWords(to: string, names: Names, t: TFunction): string {
  if (to === "contact") return t("automation:said.mailContact");
  if (to === "assignee") return t("automation:said.mailAssignee");
  const who = isAddress(to) ? to : (names.member(to)?.name ?? t("automation:said.gone"));
  return t("automation:said.mailTo", { who });
}
