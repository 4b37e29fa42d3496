// Sign-in: email and password, then a code of the authenticator app where one is asked for.
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Navigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { sessionQuery, signIn } from "@/api/session";
import { CodeForm } from "./CodeForm";
import { CredentialsForm } from "./CredentialsForm";
import { NoAccount } from "./NoAccount";
import { SignedOutFrame } from "./SignedOutFrame";
import { useArrive } from "./useArrive";
import { useWait } from "./useWait";

export function SignInPage() {
  const { t } = useTranslation("signin");
  const { next } = useSearch({ from: "/signin" });
  const session = useQuery(sessionQuery).data;
  const arrive = useArrive(next);
  const [credentials, setCredentials] = useState({ email: "", password: "" });
  const [codeWanted, setCodeWanted] = useState(false);
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: arrive,
    onError: (error) => {
      if (isKind(error, "totp-required")) setCodeWanted(true);
    },
  });
  const fault = isKind(attempt.error, "totp-required") ? null : attempt.error;
  const wait = useWait(fault);

  if (session?.accounts.length === 0) return <NoAccount email={session.user.email} />;
  if (session && !attempt.data) return <Navigate to={next ?? "/"} replace />;

  const startOver = () => {
    setCodeWanted(false);
    attempt.reset();
  };
  const busy = attempt.isPending || attempt.isSuccess;
  if (codeWanted)
    return (
      <SignedOutFrame title={t("code.title")} lead={t("code.lead")}>
        <CodeForm
          busy={busy}
          fault={fault}
          wait={wait}
          onSubmit={(totp) => attempt.mutate({ ...credentials, totp })}
        />
        <Button variant="subtle" size="compact-sm" mt="sm" fullWidth onClick={startOver}>
          {t("code.back")}
        </Button>
      </SignedOutFrame>
    );
  return (
    <SignedOutFrame title={t("title")}>
      <CredentialsForm
        value={credentials}
        onChange={(changed) => {
          // The wait is for one address; another may try.
          if (changed.email !== credentials.email) attempt.reset();
          setCredentials(changed);
        }}
        busy={busy}
        fault={fault}
        wait={wait}
        onSubmit={() => attempt.mutate(credentials)}
      />
    </SignedOutFrame>
  );
}

const isKind = (error: unknown, kind: string) => error instanceof Problem && error.kind === kind;
