// "Email details" (EML-12): what the team calls the channel, and what recipients see, with the live preview (EML-17).
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { NameField } from "../../../NameField";
import { WizardFrame, type WizardPlan } from "../../../wizard/WizardFrame";
import { type DetailsForm, detailsFields } from "../emailForm";
import { DetailsFields } from "./DetailsFields";
import { Preview, usePreview } from "./Preview";

interface Props {
  plan: WizardPlan;
  channel?: Channel;
  address: string;
  name: string;
  onName: (name: string) => void;
  details: DetailsForm;
  onDetails: (details: DetailsForm) => void;
  error: unknown;
  busy?: boolean;
  onBack: () => void;
  onNext: () => void;
  onLeave?: () => void;
}

export function DetailsStep(props: Props) {
  const { t } = useTranslation("settings");
  const { plan, channel, address, name, onName, details, onDetails, error, busy, onBack, onNext, onLeave } =
    props;
  const [tried, setTried] = useState(false);
  const preview = usePreview(address, details);
  const errors = fieldErrors(error, ["name", ...detailsFields], t).at;
  const previewErrors = fieldErrors(preview.error, detailsFields, t).at;
  const missing: Record<string, string> = {
    ...(!name.trim() && { name: t("said.nameNeeded") }),
    ...(details.mode === "company" && !details.company.trim() && { company: t("said.companyNeeded") }),
  };
  const next = () => {
    setTried(true);
    if (Object.keys(missing).length === 0 && !preview.error) onNext();
  };
  return (
    <WizardFrame
      plan={plan}
      step="details"
      channel={channel}
      onSubmit={next}
      onLeave={onLeave}
      aside={<Preview preview={preview} />}
      buttons={
        <>
          <Button variant="default" onClick={onBack}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("wizard.next")}
          </Button>
        </>
      }
    >
      <FaultAlert text={fieldErrors(error, [...detailsFields, "name"], t).above} />
      <NameField value={name} onChange={onName} error={(tried && missing.name) || errors.name} />
      <DetailsFields
        value={details}
        onChange={onDetails}
        errors={{ ...previewErrors, ...errors, ...(tried && missing) }}
      />
    </WizardFrame>
  );
}
