// Ids in a routing and what they are called, with everything that its pickers offer.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { membersQuery, pipelinesQuery, teamsQuery } from "@/api/desk";
import { type ConditionField, conditionFieldsQuery } from "@/api/routing";
import { type Skill, type SkillCategory, skillCategoriesQuery } from "@/api/skills";
import type { Member, Pipeline, Team } from "@/api/types";
import { languageName } from "../../skills/useSkillName";

export interface Names {
  /** False until everything is there: nothing is called gone before. */
  known: boolean;
  members: Member[];
  teams: Team[];
  pipelines: Pipeline[];
  categories: SkillCategory[];
  fields: ConditionField[];
  member: (id: string) => Member | undefined;
  team: (id: string) => Team | undefined;
  skill: (id: string) => Skill | undefined;
  field: (name: string) => ConditionField | undefined;
}

/** `purpose`: whose conditions the fields are for. */
export function useNames(purpose: "routing" | "automation" = "routing"): Names {
  const { i18n } = useTranslation();
  const members = useQuery(membersQuery()).data?.items;
  const teams = useQuery(teamsQuery()).data?.items;
  const pipelines = useQuery(pipelinesQuery()).data?.items;
  const categories = useQuery(skillCategoriesQuery()).data?.items;
  const fields = useQuery(conditionFieldsQuery(purpose)).data?.items;
  return useMemo(() => {
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, i18n.language);
    const said = (categories ?? []).map((category) => ({
      ...category,
      skills: category.skills
        .map((skill) => ({
          ...skill,
          name: (skill.language && languageName(skill.language, i18n.language)) || skill.name,
        }))
        .sort(byName),
    }));
    const skills = said.flatMap((category) => category.skills);
    return {
      known: Boolean(members && teams && categories && fields),
      members: [...(members ?? [])].sort(byName),
      teams: [...(teams ?? [])].sort(byName),
      pipelines: pipelines ?? [],
      categories: said,
      fields: fields ?? [],
      member: finder(members ?? [], (one) => one.id),
      team: finder(teams ?? [], (one) => one.id),
      skill: finder(skills, (one) => one.id),
      field: finder(fields ?? [], (one) => one.field),
    };
  }, [members, teams, pipelines, categories, fields, i18n.language]);
}

function finder<T>(items: T[], key: (item: T) => string): (wanted: string) => T | undefined {
  const found = new Map(items.map((item) => [key(item), item]));
  return (wanted) => found.get(wanted);
}
