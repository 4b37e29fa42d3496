// The mailbox that customers know, and what the channel is called in Kanal.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type AddressForm, nameFrom } from "./emailForm";

interface Props {
  value: AddressForm;
  onChange: (value: AddressForm) => void;
  errors: Record<string, string>;
  autoFocus?: boolean;
  addressHelp?: string;
}

export function AddressFields({ value, onChange, errors, autoFocus, addressHelp }: Props) {
  const { t } = useTranslation("settings");
  const setAddress = (address: string) => {
    // The name follows the address until somebody types one.
    const follows = value.name === "" || value.name === nameFrom(value.address);
    onChange({ address, name: follows ? nameFrom(address) : value.name });
  };
  return (
    <>
      <TextInput
        label={t("address.address")}
        description={addressHelp ?? t("address.addressHelp")}
        type="email"
        placeholder={t("address.example")}
        autoComplete="off"
        required
        withAsterisk={false}
        autoFocus={autoFocus}
        maw={460}
        value={value.address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        error={errors.address}
      />
      <TextInput
        label={t("address.name")}
        description={t("address.nameHelp")}
        autoComplete="off"
        required
        withAsterisk={false}
        maxLength={200}
        maw={460}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        error={errors.name}
      />
    </>
  );
}
