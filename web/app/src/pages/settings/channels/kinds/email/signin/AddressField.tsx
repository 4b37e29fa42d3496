// The address that customers know; once it is typed, its provider is asked about.
import { Loader, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SignInForm } from "./signIn";
import type { SigningIn } from "./useSignIn";

interface Props {
  form: SignInForm;
  work: SigningIn;
  help?: string;
}

export function AddressField({ form, work, help }: Props) {
  const { t } = useTranslation(["email", "settings"]);
  const { change, found, finding, errors } = work;
  return (
    <TextInput
      label={t("settings:address.address")}
      description={help ?? t("settings:address.addressHelp")}
      type="email"
      placeholder={t("settings:address.example")}
      autoComplete="off"
      autoFocus={!form.address}
      required
      withAsterisk={false}
      maw={460}
      value={form.address}
      onChange={(event) => change({ ...form, address: event.currentTarget.value })}
      onBlur={() => void found()}
      rightSection={finding && <Loader size={16} role="progressbar" aria-label={t("signIn.finding")} />}
      error={errors.address}
    />
  );
}
