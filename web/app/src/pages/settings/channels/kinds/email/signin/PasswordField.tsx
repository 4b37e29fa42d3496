// A secret: what is stored is never shown, and stays as long as nothing is typed.
import { PasswordInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { passwordToggle } from "@/pages/signin/passwordToggle";

interface Props {
  label: string;
  help?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  isStored?: boolean;
}

export function PasswordField({ label, help, value, onChange, error, isStored }: Props) {
  const { t } = useTranslation(["email", "signin"]);
  return (
    <PasswordInput
      label={label}
      description={help}
      maw={460}
      autoComplete="new-password"
      placeholder={isStored ? t("server.kept") : undefined}
      visibilityToggleButtonProps={passwordToggle(t)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}
