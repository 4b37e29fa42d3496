// What recipients see: the name in the From line, the company, the signature (EML-13, EML-15).
import { Radio, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { DetailsForm } from "../emailForm";
import { SignatureField } from "../signature/SignatureField";

interface Props {
  value: DetailsForm;
  onChange: (value: DetailsForm) => void;
  errors: Record<string, string>;
}

export function DetailsFields({ value, onChange, errors }: Props) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const company = value.company.trim() || t("details.companyExample");
  return (
    <>
      <Radio.Group
        label={t("details.fromName")}
        value={value.mode}
        onChange={(mode) => onChange({ ...value, mode: mode as DetailsForm["mode"] })}
        error={errors.mode}
      >
        <Stack gap={10} mt={8}>
          <Radio
            value="agent_company"
            label={t("details.agent_company")}
            description={`${me.name} (${company})`}
          />
          <Radio value="company" label={t("details.company")} description={company} />
        </Stack>
      </Radio.Group>
      <TextInput
        label={t("details.companyName")}
        maxLength={200}
        autoComplete="organization"
        value={value.company}
        onChange={(event) => onChange({ ...value, company: event.currentTarget.value })}
        error={errors.company}
      />
      <SignatureField
        value={value.signature_html}
        onChange={(signature_html) => onChange({ ...value, signature_html })}
        error={errors.signature_html}
      />
    </>
  );
}
