// Why something is spam, as a sentence: who said so, or which list or filter.
import type { TFunction } from "i18next";
import type { Spam } from "@/api/spam";

export function whyWords({ why, by }: Pick<Spam, "why" | "by">, t: TFunction): string {
  if (by) return t("spam:why.handBy", { name: by.name });
  const said = t(`spam:why.${why.code}`);
  return why.detail ? t("spam:why.detailed", { said, detail: why.detail }) : said;
}

/** Days until it is forgotten, to the nearest whole one. */
export function daysLeft(forgetAt: string, now: Date): number {
  return Math.max(0, Math.round((new Date(forgetAt).getTime() - now.getTime()) / 86_400_000));
}
