// The field for a password that is to be new, with its strength below.
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PasswordStrength } from "./PasswordStrength";
import { passwordToggle } from "./passwordToggle";

interface Props extends Omit<PasswordInputProps, "onChange" | "value"> {
  value: string;
  onChange: (value: string) => void;
  email: string;
}

export function NewPasswordInput({ value, onChange, email, ...rest }: Props) {
  const { t } = useTranslation("signin");
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        visibilityToggleButtonProps={passwordToggle(t)}
        {...rest}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {!rest.error && <PasswordStrength password={value} email={email} />}
    </div>
  );
}
