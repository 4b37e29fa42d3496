// Behind `/welcome#token`, `/invitation#token` and `/reset#token`: set a password with a link that works once.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { oneTimeLinkQuery } from "@/api/session";
import type { OneTimeLink } from "@/api/types";
import { explain } from "@/kit/explain";
import { LinkGone } from "./LinkGone";
import { SetPassword } from "./SetPassword";
import { SignedOutFrame } from "./SignedOutFrame";

export function OneTimeLinkPage({ token, purpose }: { token: string; purpose: OneTimeLink["purpose"] }) {
  const { t } = useTranslation("signin");
  const link = useQuery(oneTimeLinkQuery(token));
  if (link.data) return <SetPassword token={token} link={link.data} />;
  if (link.error instanceof Problem && link.error.status === 404) return <LinkGone purpose={purpose} />;
  return (
    <SignedOutFrame title={t(`${purpose}.title`)} lead={link.error ? explain(link.error, t) : undefined}>
      {link.isPending && <Loader size="sm" mt="lg" role="progressbar" aria-label={t("common:loading")} />}
    </SignedOutFrame>
  );
}
