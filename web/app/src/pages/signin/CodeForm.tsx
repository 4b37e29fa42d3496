// The six digits of an authenticator app; sent by themselves once all are there.
import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeInput, codeLength } from "./CodeInput";
import classes from "./SignedOutFrame.module.css";
import { SignInFault } from "./SignInFault";

interface Props {
  busy: boolean;
  fault: Error | null;
  wait: number;
  onSubmit: (code: string) => void;
}

export function CodeForm({ busy, fault, wait, onSubmit }: Props) {
  const { t } = useTranslation("signin");
  const [code, setCode] = useState("");
  const send = (digits: string) => {
    if (digits.length === codeLength && !busy && wait === 0) onSubmit(digits);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <SignInFault error={fault} wait={wait} />
      <CodeInput
        value={code}
        onChange={setCode}
        onComplete={send}
        label={t("code.label")}
        autoFocus
        size="md"
      />
      <Button type="submit" size="md" loading={busy} disabled={wait > 0 || code.length < codeLength}>
        {t("code.submit")}
      </Button>
    </form>
  );
}
