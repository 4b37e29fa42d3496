// Asked for a password or code too often: when it may be tried again.
import type { TFunction } from "i18next";
import { Problem } from "@/api/http";

export function passwordFault(error: unknown, t: TFunction): string | null {
  if (!(error instanceof Problem) || error.kind !== "rate-limited") return null;
  const wait = t("signin:fault.waitMinutes", { count: Math.ceil((error.retryAfter ?? 60) / 60) });
  return `${t("signin:fault.tooMany")} ${wait}`;
}
