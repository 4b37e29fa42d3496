// A new password (and for those who are new a name), then straight into the desk.
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { redeemOneTimeLink } from "@/api/session";
import type { OneTimeLink } from "@/api/types";
import { CodeInput } from "./CodeInput";
import { LinkGone } from "./LinkGone";
import { NewPasswordInput } from "./NewPasswordInput";
import { passwordStrength } from "./passwordStrength";
import { SignedOutFrame } from "./SignedOutFrame";
import classes from "./SignedOutFrame.module.css";
import { SignInFault } from "./SignInFault";
import { useArrive } from "./useArrive";
import { useWait } from "./useWait";

export function SetPassword({ token, link }: { token: string; link: OneTimeLink }) {
  const { t } = useTranslation("signin");
  const isNew = link.purpose !== "password_reset";
  const [name, setName] = useState(link.purpose === "invitation" ? link.name : "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [codeWanted, setCodeWanted] = useState(false);
  const [told, setTold] = useState(false);
  const redeem = useMutation({
    mutationFn: (body: { password: string; name?: string; totp?: string }) => redeemOneTimeLink(token, body),
    onSuccess: useArrive(),
    onError: (error) => error instanceof Problem && error.kind === "totp-required" && setCodeWanted(true),
  });
  const problem = redeem.error instanceof Problem ? redeem.error : null;
  const refused = problem?.errors.some((one) => one.field === "password");
  const fault = problem?.kind === "totp-required" || refused ? null : redeem.error;
  const wait = useWait(fault);
  if (problem?.kind === "not-found") return <LinkGone purpose={link.purpose} />;

  const weak = passwordStrength(password, link.email).fault;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (weak || redeem.isPending || wait > 0) return;
    redeem.mutate({
      password,
      ...(isNew && { name: name.trim() }),
      ...(codeWanted && { totp: code }),
    });
  };
  return (
    <SignedOutFrame
      title={t(`${link.purpose}.title`)}
      lead={t(`${link.purpose}.lead`, { email: link.email })}
    >
      <form className={classes.form} onSubmit={submit}>
        <SignInFault error={fault} wait={wait} />
        <input type="email" name="email" autoComplete="username" value={link.email} readOnly hidden />
        {isNew && (
          <TextInput
            label={t("name")}
            description={t("nameHelp")}
            autoComplete="name"
            required
            withAsterisk={false}
            autoFocus
            maxLength={200}
            size="md"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <NewPasswordInput
          label={t("newPassword")}
          size="md"
          autoFocus={!isNew}
          value={password}
          onChange={setPassword}
          email={link.email}
          error={(told && weak && t(`strength.${weak}`)) || (refused && t("strength.refused")) || undefined}
        />
        {codeWanted && (
          <CodeInput
            label={t("code.label")}
            description={t("code.lead")}
            size="md"
            autoFocus
            value={code}
            onChange={setCode}
          />
        )}
        <Button
          type="submit"
          size="md"
          mt={3}
          loading={redeem.isPending || redeem.isSuccess}
          disabled={wait > 0}
        >
          {t(`${link.purpose}.submit`)}
        </Button>
      </form>
    </SignedOutFrame>
  );
}
