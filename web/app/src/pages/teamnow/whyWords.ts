// Why tickets wait, in the reader's language; a reason that is not known here is said as the server says it.
import type { TFunction } from "i18next";
import type { WaitingWhy } from "@/api/teamNow";

export function whyWords({ code, text, skills }: WaitingWhy, t: TFunction): string {
  if (skills && skills.length > 0)
    return t("teamnow:why.nobody_with_skills_named", { skills: skills.join(", ") });
  return t(`teamnow:why.${code}`, { defaultValue: text || code });
}
