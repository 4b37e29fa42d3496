// Skills by category: who has them, which rules ask for them, and the languages there are to choose from.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { del, get, patch, post } from "./http";
import type { Page } from "./types";

/** `language` is a code ("sv"), whose name is then said in the reader's language. */
export type Skill = Schemas["SkillOut"];
export type SkillCategory = Schemas["CategoryOut"];
/** `hidden_rules` counts those of channels that I do not see. */
export type SkillUses = Schemas["SkillUses"];
export type Language = Schemas["LanguageOut"];

export const skillCategoriesQuery = () =>
  queryOptions({
    queryKey: accountKey("skill-categories"),
    queryFn: () => get<Page<SkillCategory>>("/skill-categories"),
  });
export const languagesQuery = () =>
  queryOptions({
    queryKey: accountKey("languages"),
    queryFn: () => get<Page<Language>>("/languages"),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const skillUsesQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("skill-uses", id),
    queryFn: () => get<SkillUses>(`/skills/${id}/uses`),
    staleTime: 0,
  });

export const makeCategory = (name: string) => post<SkillCategory>("/skill-categories", { name });
export const changeCategory = (id: string, name: string) =>
  patch<SkillCategory>(`/skill-categories/${id}`, { name });
export const removeCategory = (id: string) => del(`/skill-categories/${id}`);
export const addSkills = (category_id: string, names: string[]) =>
  post<unknown>("/skills", { category_id, names });
/** Their category is made with the first of them. */
export const addLanguages = (languages: string[]) => post<unknown>("/skills", { languages });
export const changeSkill = (id: string, change: { name?: string; category_id?: string }) =>
  patch<unknown>(`/skills/${id}`, change);
export const removeSkill = (id: string) => del(`/skills/${id}`);
