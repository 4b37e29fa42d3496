// Step one: which form, an existing or a new one; which address answers it, or why none can yet (FRM-2).
import { Button, Checkbox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Form, formQuery, formsQuery } from "@/api/forms";
import { useMay } from "@/api/roles";
import { FaultAlert } from "../../../ui/FaultAlert";
import { AnswerField } from "./AnswerField";
import { FormSelect } from "./FormSelect";
import { FormWays } from "./FormWays";
import { NewFormField } from "./NewFormField";

export interface FormChoice {
  form: string;
  answer_by: string;
  earlier: boolean;
}

interface Props {
  value: FormChoice;
  onChange: (value: FormChoice) => void;
  errors: Record<string, string>;
  fault: string | null;
}

export function FormFields({ value, onChange, errors, fault }: Props) {
  const { t } = useTranslation("formchannel");
  const may = useMay("manage_forms");
  const forms = useQuery({ ...formsQuery(), enabled: may }).data?.items;
  const [creating, setCreating] = useState(false);
  const noneToChoose = forms !== undefined && !forms.some((form) => !form.channel);
  const asNew = creating || noneToChoose;
  return (
    <>
      <FaultAlert text={fault} />
      {asNew ? (
        <NewFormField onCancel={noneToChoose ? undefined : () => setCreating(false)} />
      ) : (
        <div>
          <FormSelect
            label={t("choose.label")}
            help={t("choose.help")}
            value={value.form}
            onChange={(form) => onChange({ ...value, form, earlier: false })}
            error={errors.form}
          />
          <Button
            variant="subtle"
            size="compact-sm"
            mt={8}
            ml={-8}
            leftSection={<IconPlus size={15} stroke={1.8} />}
            disabled={!may}
            onClick={() => setCreating(true)}
          >
            {t("create.open")}
          </Button>
        </div>
      )}
      {value.form && !asNew && <Chosen value={value} onChange={onChange} errors={errors} />}
    </>
  );
}

function Chosen({ value, onChange, errors }: Omit<Props, "fault">) {
  const { t } = useTranslation("formchannel");
  const form = useQuery({ ...formQuery(value.form), refetchOnMount: "always" }).data;
  if (!form) return null;
  const earlier = earlierOf(form);
  return (
    <>
      <FormWays form={form} onTheWay />
      <AnswerField
        form={form}
        value={value.answer_by}
        onChange={(answer_by) => onChange({ ...value, answer_by })}
        error={errors.answer_by}
      />
      {earlier > 0 && (
        <Checkbox
          label={t("earlier.label", { count: earlier })}
          description={t("earlier.text")}
          checked={value.earlier}
          onChange={(event) => onChange({ ...value, earlier: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

/** What was sent before a channel carried the form; what was caught makes no tickets. */
const earlierOf = (form: Form) => form.submissions;
