// What many tickets can be given to, set to and marked with.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { pipelinesQuery, teamsQuery, useMe } from "@/api/desk";
import { macrosQuery } from "@/api/macros";
import { peopleQuery } from "@/api/people";
import type { Priority } from "@/api/types";
import { PersonFace } from "@/kit/PersonFace";
import { PriorityIcon } from "@/kit/PriorityIcon";
import { StatusDot } from "@/kit/StatusBadge";
import { priorities, useStatusName } from "@/kit/status";
import type { Choice } from "./ActionPicker";

export function useAssignees() {
  const { t, i18n } = useTranslation("views");
  const me = useMe();
  const members = useQuery(peopleQuery()).data?.items ?? [];
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, i18n.language);
  const people = members
    .filter((one) => one.active && one.has_seat && one.joined_at !== null && one.id !== me.member_id)
    .sort(byName);
  const choices: Choice[] = [
    { value: "member.me", label: t("bulk.me") },
    { value: "member.", label: t("common:nobody") },
    ...people.map((person) => ({
      value: `member.${person.id}`,
      label: person.name,
      icon: <PersonFace person={person} size={18} tooltip={false} />,
    })),
    ...[...teams]
      .sort(byName)
      .map((team) => ({ value: `team.${team.id}`, label: team.name, group: t("bulk.teams") })),
    ...(teams.length > 0 ? [{ value: "team.", label: t("common:noTeam"), group: t("bulk.teams") }] : []),
  ];
  const read = (value: string) => {
    const [kind, id] = value.split(".");
    return kind === "team" ? { team: id || null } : { assignee: id || null };
  };
  return { choices, read };
}

/** One that several pipelines have is named once: each ticket goes to its own pipeline's. */
export function useStatuses(): Choice[] {
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const statusName = useStatusName();
  const named = new Map<string, Choice>();
  for (const pipeline of pipelines)
    for (const status of pipeline.statuses)
      if (!named.has(status.key))
        named.set(status.key, {
          value: status.key,
          label: statusName(status),
          icon: <StatusDot status={status} />,
        });
  return [...named.values()];
}

export function usePriorities() {
  const { t } = useTranslation();
  const choices: Choice[] = priorities.map((priority) => ({
    value: priority,
    label: t(`common:priority.${priority}`),
    icon: <PriorityIcon priority={priority} />,
  }));
  return { choices, read: (value: string) => value as Priority };
}

/** Those that do something; a text alone is no use to many. */
export function useMacros(): Choice[] {
  const macros = useQuery(macrosQuery()).data?.items ?? [];
  return macros
    .filter(({ actions }) => actions.length > 0)
    .map(({ id, name }) => ({ value: id, label: name }));
}
