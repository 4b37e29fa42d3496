// What a skill is called: languages in the reader's own language, the rest as they were named.
import { useTranslation } from "react-i18next";

export function useSkillName(): (skill: { name: string; language: string | null }) => string {
  const { i18n } = useTranslation();
  return (skill) => (skill.language ? languageName(skill.language, i18n.language) : null) ?? skill.name;
}

/** "sv" → "Swedish", "Svenska"; null for a code that the browser does not know. */
export function languageName(code: string, reader: string): string | null {
  const name = languageWord(code, reader);
  return name && name.charAt(0).toLocaleUpperCase(reader) + name.slice(1);
}

/** As it is written within a sentence: "Swedish", "svenska". */
export function languageWord(code: string, reader: string): string | null {
  try {
    return new Intl.DisplayNames([reader], { type: "language", fallback: "none" }).of(code) ?? null;
  } catch {
    return null;
  }
}
