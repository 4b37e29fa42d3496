// Why a token is left out, and the mend.
import type { TFunction } from "i18next";
import type { MacroGap } from "@/api/macros";

export function gapWords({ token, why }: MacroGap, t: TFunction<"macros">): string {
  const written = `{{${token}}}`;
  return why === "empty"
    ? t("gap.empty", { token: written, fallback: `{{${token}|…}}` })
    : t("gap.unknown", { token: written });
}
