// One of the account's forms that no channel carries yet, with how often each was filled in.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Form, formsQuery } from "@/api/forms";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import classes from "./FormSelect.module.css";

interface Props {
  label: string;
  help?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

export function FormSelect({ label, help, value, onChange, error }: Props) {
  const { t } = useTranslation("formchannel");
  const may = useMay("manage_forms");
  const forms = useQuery({ ...formsQuery(), enabled: may, refetchOnMount: "always" });
  const free = (forms.data?.items ?? []).filter((form) => !form.channel || form.id === value);
  const find = (id: string) => free.find((form) => form.id === id);
  const empty = forms.data && free.length === 0;
  return (
    <Select
      label={label}
      description={help}
      placeholder={t(empty ? "choose.none" : "choose.placeholder")}
      searchable
      nothingFoundMessage={t("common:noMatch")}
      checkIconPosition="right"
      disabled={!may}
      maw={460}
      data={free.map((form) => ({ value: form.id, label: form.name }))}
      value={find(value) ? value : null}
      onChange={(chosen) => onChange(chosen ?? "")}
      renderOption={({ option }) => <FormOption form={find(option.value)} />}
      error={(!may && t("choose.mayNot")) || error || (forms.error && explain(forms.error, t))}
    />
  );
}

function FormOption({ form }: { form: Form | undefined }) {
  const { t } = useTranslation("formchannel");
  return (
    <span className={classes.option}>
      <span className={classes.name}>{form?.name}</span>
      <span className={classes.count}>{t("choose.submissions", { count: form?.submissions ?? 0 })}</span>
    </span>
  );
}
