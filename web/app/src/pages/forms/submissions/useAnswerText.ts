// An answer as one line of text in the reader's language.
import { useTranslation } from "react-i18next";
import type { Answer } from "@/api/submissions";
import { dateLocale } from "@/kit/time";

export function useAnswerText(): (answer: Answer) => string {
  const { t, i18n } = useTranslation("submissions");
  const locale = dateLocale(i18n.language);
  return ({ type, value, text, files }) => {
    if (type === "file") return files.map((file) => file.name).join(", ");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (type === "date" && typeof value === "string" && value)
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(`${value}T12:00`));
    return text;
  };
}
