// Email and password.
import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { passwordToggle } from "./passwordToggle";
import classes from "./SignedOutFrame.module.css";
import { SignInFault } from "./SignInFault";

interface Credentials {
  email: string;
  password: string;
}

interface Props {
  value: Credentials;
  onChange: (value: Credentials) => void;
  onSubmit: () => void;
  busy: boolean;
  fault: Error | null;
  wait: number;
}

export function CredentialsForm({ value, onChange, onSubmit, busy, fault, wait }: Props) {
  const { t } = useTranslation("signin");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && wait === 0) onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <SignInFault error={fault} wait={wait} />
      <TextInput
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
        size="md"
        value={value.email}
        onChange={(event) => onChange({ ...value, email: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("password")}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        visibilityToggleButtonProps={passwordToggle(t)}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
      />
      <Button type="submit" size="md" loading={busy} disabled={wait > 0} mt={3}>
        {t("submit")}
      </Button>
      <Anchor component={Link} to="/reset" className={classes.aside}>
        {t("forgot")}
      </Anchor>
    </form>
  );
}
