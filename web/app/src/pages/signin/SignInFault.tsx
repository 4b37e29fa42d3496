// Why signing in did not work, said once and clearly; a wait is counted down.
import { Alert } from "@mantine/core";
import { IconAlertCircle, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { explain } from "@/kit/explain";

const ours = ["wrong-credentials", "totp-wrong"];

export function SignInFault({ error, wait }: { error: Error | null; wait: number }) {
  const { t } = useTranslation("signin");
  if (!error) return null;
  const limited = error instanceof Problem && error.kind === "rate-limited";
  if (limited && wait === 0) return null;
  const Icon = limited ? IconClock : IconAlertCircle;
  return (
    <Alert role="alert" color="red" variant="light" icon={<Icon size={18} stroke={1.7} />} py={9} px="sm">
      {limited ? waitText(wait) : say(error)}
    </Alert>
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
