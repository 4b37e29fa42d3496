// One mail server: where it is, how the way there is encrypted, and who signs in.
import { NumberInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PasswordField } from "./PasswordField";
import classes from "./SignIn.module.css";
import { type Part, type ServerForm, securities, withHost, withSecurity } from "./servers";

interface Props {
  part: Part;
  value: ServerForm;
  onChange: (value: ServerForm) => void;
  /** By `imap.host` and so on. */
  errors: Record<string, string>;
  /** Without a user and password of its own. */
  noSignIn?: boolean;
  noPassword?: boolean;
  hasPassword?: boolean;
}

export function ServerFields({ part, value, onChange, errors, noSignIn, noPassword, hasPassword }: Props) {
  const { t } = useTranslation("email");
  const set = (some: Partial<ServerForm>) => onChange({ ...value, ...some });
  return (
    <div className={classes.fields}>
      <TextInput
        className={classes.host}
        label={t("server.host")}
        placeholder={`${part}.example.com`}
        autoComplete="off"
        spellCheck={false}
        value={value.host}
        onChange={(event) => onChange(withHost(value, event.currentTarget.value))}
        error={errors[`${part}.host`] ?? errors[`${part}.certificate`]}
      />
      <Select
        label={t("server.security")}
        allowDeselect={false}
        checkIconPosition="right"
        data={securities.map((key) => ({ value: key, label: t(`server.${key}`) }))}
        value={value.security}
        onChange={(security) => onChange(withSecurity(part, value, security as ServerForm["security"]))}
        error={errors[`${part}.security`]}
      />
      <NumberInput
        label={t("server.port")}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        max={65535}
        clampBehavior="blur"
        value={value.port}
        onChange={(port) => set({ port: port === "" ? "" : Number(port) })}
        error={errors[`${part}.port`]}
      />
      {!noSignIn && (
        <TextInput
          label={t("server.user")}
          autoComplete="off"
          spellCheck={false}
          value={value.user}
          onChange={(event) => set({ user: event.currentTarget.value })}
          error={errors[`${part}.user`]}
        />
      )}
      {!noSignIn && !noPassword && (
        <PasswordField
          label={t("server.password")}
          value={value.password}
          onChange={(password) => set({ password })}
          error={errors[`${part}.password`]}
          isStored={hasPassword}
        />
      )}
    </div>
  );
}
