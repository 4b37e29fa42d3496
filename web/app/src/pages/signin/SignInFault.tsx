// Why signing in did not work, said once and clearly; a wait is counted down.
import { IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";

const ours = ["wrong-credentials", "totp-wrong"];

export function SignInFault({ error, wait }: { error: Error | null; wait: number }) {
  const { t } = useTranslation("signin");
  if (!error) return null;
  const limited = error instanceof Problem && error.kind === "rate-limited";
  if (limited && wait === 0) return null;
  return (
    <Note tone="bad" icon={limited ? IconClock : undefined}>
      {limited ? t("fault.tooMany") : say(error)}{" "}
      {/* A timer is not read out each second, as the rest of an alert would be. */}
      {limited && <span role="timer">{waitText(wait)}</span>}
    </Note>
  );

  function say(fault: Error): string {
    if (fault instanceof Problem && ours.includes(fault.kind)) return t(`fault.${fault.kind}`);
    return explain(fault, t);
  }

  function waitText(seconds: number): string {
    if (seconds <= 120) return t("fault.waitSeconds", { count: seconds });
    return t("fault.waitMinutes", { count: Math.ceil(seconds / 60) });
  }
}
