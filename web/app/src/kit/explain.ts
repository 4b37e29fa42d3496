// Turns an error into a sentence for the person at the screen.
import type { TFunction } from "i18next";
import { Offline, Problem } from "@/api/http";
import { faultWords } from "./faultWords";

export function explain(error: unknown, t: TFunction): string {
  if (error instanceof Offline) return t("common:problem.offline");
  if (!(error instanceof Problem)) return t("common:problem.unknown");
  const known = t(`common:problem.${error.kind}`, { defaultValue: "" });
  const fields = error.errors.map((one) => faultWords(one.message, t)).join(" ");
  return fields || known || error.message;
}
