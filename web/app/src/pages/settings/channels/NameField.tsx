// What the team calls a channel; customers do not see it.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

export function NameField({ value, onChange, error }: Props) {
  const { t } = useTranslation("settings");
  return (
    <TextInput
      label={t("address.name")}
      description={t("address.nameHelp")}
      autoComplete="off"
      required
      withAsterisk={false}
      maxLength={200}
      maw={460}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}
