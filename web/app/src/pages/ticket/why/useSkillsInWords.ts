// Skills in what was decided stand by the name they had; languages among them are said in the reader's language.
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Candidate } from "@/api/routing";
import { skillCategoriesQuery } from "@/api/skills";
import { languageWord } from "@/pages/settings/skills/useSkillName";

export function useSkillsInWords(): (names: readonly string[]) => string[] {
  const { i18n } = useTranslation();
  const categories = useQuery(skillCategoriesQuery()).data?.items;
  return useCallback(
    (names) => {
      const skills = (categories ?? []).flatMap((category) => category.skills);
      return names.map((name) => {
        const code = skills.find((skill) => skill.name === name)?.language;
        return (code && languageWord(code, i18n.language)) || name;
      });
    },
    [categories, i18n.language],
  );
}

export function useCandidatesInWords(): (candidates: Candidate[]) => Candidate[] {
  const inWords = useSkillsInWords();
  return useCallback(
    (candidates) =>
      candidates.map((candidate) => ({
        ...candidate,
        reasons: candidate.reasons.map((reason) =>
          reason.skills ? { ...reason, skills: inWords(reason.skills) } : reason,
        ),
      })),
    [inWords],
  );
}
