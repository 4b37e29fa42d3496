// Signing in to a mailbox: the address finds its servers, so that a password is all that is left to type; everything else
// is folded away until it is wanted or wrong.
import { Collapse, SegmentedControl, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../../../ui/FaultAlert";
import type { EmailSettings } from "../settings";
import { AddressField } from "./AddressField";
import { CertificateCard } from "./CertificateCard";
import { OutgoingFields } from "./OutgoingFields";
import { PasswordField } from "./PasswordField";
import { ProviderNote } from "./ProviderNote";
import { ServerFields } from "./ServerFields";
import classes from "./SignIn.module.css";
import { whereOf } from "./servers";
import type { SignInForm } from "./signIn";
import type { SigningIn } from "./useSignIn";

interface Props {
  form: SignInForm;
  work: SigningIn;
  stored?: EmailSettings;
  /** The address is a matter of its own where the channel is there already. */
  noAddress?: boolean;
}

export function SignInFields({ form, work, stored, noAddress }: Props) {
  const { t } = useTranslation("email");
  const { change, certificate, trust, trying, errors, above } = work;
  const secret = form.auth === "xoauth2" ? "imap.token" : "imap.password";
  return (
    <>
      <FaultAlert text={certificate ? null : above} />
      {!noAddress && <AddressField form={form} work={work} />}
      <ProviderNote form={form} />
      {form.auth === "xoauth2" ? (
        <PasswordField
          label={t("signIn.token")}
          help={t("signIn.tokenHelp")}
          value={form.token}
          onChange={(token) => change({ ...form, token })}
          error={errors[secret]}
          isStored={stored?.imap?.has_token}
        />
      ) : (
        <PasswordField
          label={t("signIn.password")}
          help={stored ? undefined : t("signIn.passwordHelp")}
          value={form.imap.password}
          onChange={(password) => change({ ...form, imap: { ...form.imap, password } })}
          error={errors[secret]}
          isStored={stored?.imap?.has_password}
        />
      )}
      {certificate && <CertificateCard certificate={certificate} onTrust={trust} busy={trying} />}
      <Servers form={form} work={work} stored={stored} />
    </>
  );
}

/** Everything that was found or has a usual value. */
function Servers({ form, work, stored }: Props) {
  const { t } = useTranslation("email");
  const id = useId();
  const [wanted, { toggle }] = useDisclosure(false);
  const { change, errors } = work;
  const wrong = Object.keys(errors).some(
    (field) => field.includes(".") && field !== "imap.password" && field !== "imap.token",
  );
  // Where nothing was found, there is no way past typing it.
  const unknown = form.found?.source === "none" || form.found?.source === "guess";
  const shown = wanted || wrong || (unknown && !stored);
  const summary = [
    form.imap.host && whereOf("imap", form.imap),
    form.sends === "own" && form.smtp.host && whereOf("smtp", form.smtp),
  ].filter(Boolean);
  return (
    <div className={classes.servers}>
      <UnstyledButton
        className={classes.unfold}
        onClick={toggle}
        aria-expanded={shown}
        aria-controls={id}
        disabled={shown && !wanted}
      >
        <IconChevronRight size={16} stroke={1.8} aria-hidden="true" />
        <span>{t("signIn.servers")}</span>
        <span className={classes.where}>{summary.join(" · ")}</span>
      </UnstyledButton>
      <Collapse expanded={shown} id={id}>
        <div className={classes.inside}>
          <fieldset className={classes.group}>
            <legend>{t("signIn.incoming")}</legend>
            <ServerFields
              part="imap"
              value={form.imap}
              onChange={(imap) => change({ ...form, imap })}
              errors={errors}
              noPassword
            />
            <HowToSignIn form={form} onChange={change} />
          </fieldset>
          <OutgoingFields form={form} onChange={change} errors={errors} stored={stored} />
        </div>
      </Collapse>
    </div>
  );
}

function HowToSignIn({ form, onChange }: { form: SignInForm; onChange: (form: SignInForm) => void }) {
  const { t } = useTranslation("email");
  const label = useId();
  return (
    <div>
      <div className={classes.label} id={label}>
        {t("signIn.how")}
      </div>
      <SegmentedControl
        size="xs"
        aria-labelledby={label}
        value={form.auth}
        onChange={(auth) => onChange({ ...form, auth: auth as SignInForm["auth"] })}
        data={[
          { value: "password", label: t("signIn.byPassword") },
          { value: "xoauth2", label: t("signIn.byToken") },
        ]}
      />
    </div>
  );
}
