// The address whose mail is forwarded, and by which server its answers leave.
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { AddressField } from "./AddressField";
import { CertificateCard } from "./CertificateCard";
import { OutgoingFields } from "./OutgoingFields";
import type { SignInForm } from "./signIn";
import type { SigningIn } from "./useSignIn";

export function AddressFields({ form, work }: { form: SignInForm; work: SigningIn }) {
  const { t } = useTranslation("email");
  const { change, errors, above, certificate, trust, trying } = work;
  return (
    <>
      <FaultAlert text={certificate ? null : above} />
      <AddressField form={form} work={work} help={t("forwarding.addressHelp")} />
      <OutgoingFields form={form} onChange={change} errors={errors} />
      {certificate && <CertificateCard certificate={certificate} onTrust={trust} busy={trying} />}
    </>
  );
}
