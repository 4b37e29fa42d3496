// By which server answers leave: the mailbox's own, or the one of this installation.
import { Checkbox, Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { EmailSettings } from "../settings";
import { ServerFields } from "./ServerFields";
import classes from "./SignIn.module.css";
import { isAlike, type SignInForm } from "./signIn";

interface Props {
  form: SignInForm;
  onChange: (form: SignInForm) => void;
  errors: Record<string, string>;
  stored?: EmailSettings;
}

export function OutgoingFields({ form, onChange, errors, stored }: Props) {
  const { t } = useTranslation("email");
  const { outgoing_mail_ready } = useMe();
  const alike = isAlike(form);
  const choice = outgoing_mail_ready || form.method === "forwarding" || form.sends === "installation";
  return (
    <fieldset className={classes.group}>
      <legend>{t("signIn.outgoing")}</legend>
      {choice && (
        <Radio.Group
          aria-label={t("signIn.outgoing")}
          value={form.sends}
          onChange={(sends) => onChange({ ...form, sends: sends as SignInForm["sends"] })}
        >
          <Stack gap={7}>
            <Radio value="own" label={t("signIn.sendsOwn")} />
            <Radio
              value="installation"
              label={t(outgoing_mail_ready ? "signIn.sendsInstallation" : "signIn.sendsLater")}
            />
          </Stack>
        </Radio.Group>
      )}
      {form.sends === "own" && (
        <>
          {form.method === "imap" && form.auth === "password" && (
            <Checkbox
              label={t("signIn.alike")}
              checked={form.alike}
              onChange={(event) => onChange({ ...form, alike: event.currentTarget.checked })}
            />
          )}
          <ServerFields
            part="smtp"
            value={form.smtp}
            onChange={(smtp) => onChange({ ...form, smtp })}
            errors={alike ? withSignInErrors(errors) : errors}
            noSignIn={alike}
            hasPassword={stored?.smtp?.has_password}
          />
        </>
      )}
    </fieldset>
  );
}

/** Where user and password are not asked for again, what is wrong with them is said at the server. */
function withSignInErrors(errors: Record<string, string>): Record<string, string> {
  const refused = errors["smtp.user"] ?? errors["smtp.password"];
  return refused && !errors["smtp.host"] ? { ...errors, "smtp.host": refused } : errors;
}
