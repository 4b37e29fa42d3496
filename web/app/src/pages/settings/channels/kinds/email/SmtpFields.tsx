// The server by which mail leaves.
import { NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { passwordToggle } from "@/pages/signin/passwordToggle";
import { type SmtpForm, withSecurity } from "./emailForm";
import classes from "./SmtpFields.module.css";

interface Props {
  value: SmtpForm;
  onChange: (value: SmtpForm) => void;
  errors: Record<string, string>;
  hasPassword: boolean;
}

export function SmtpFields({ value, onChange, errors, hasPassword }: Props) {
  const { t } = useTranslation(["settings", "signin"]);
  return (
    <div className={classes.fields}>
      <TextInput
        className={classes.host}
        label={t("smtp.host")}
        placeholder="smtp.example.com"
        autoComplete="off"
        spellCheck={false}
        value={value.host}
        onChange={(event) => onChange({ ...value, host: event.currentTarget.value })}
        error={errors.host}
      />
      <Select
        label={t("smtp.security")}
        allowDeselect={false}
        checkIconPosition="right"
        data={(["tls", "starttls", "none"] as const).map((key) => ({ value: key, label: t(`smtp.${key}`) }))}
        value={value.security}
        onChange={(security) => onChange(withSecurity(value, security as SmtpForm["security"]))}
        error={errors.security}
      />
      <NumberInput
        label={t("smtp.port")}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        max={65535}
        clampBehavior="blur"
        value={value.port}
        onChange={(port) => onChange({ ...value, port: port === "" ? "" : Number(port) })}
        error={errors.port}
      />
      <TextInput
        label={t("smtp.username")}
        autoComplete="off"
        spellCheck={false}
        value={value.username}
        onChange={(event) => onChange({ ...value, username: event.currentTarget.value })}
        error={errors.username}
      />
      <PasswordInput
        label={t("smtp.password")}
        autoComplete="new-password"
        placeholder={hasPassword ? t("smtp.passwordKept") : undefined}
        visibilityToggleButtonProps={passwordToggle(t)}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        error={errors.password}
      />
    </div>
  );
}
