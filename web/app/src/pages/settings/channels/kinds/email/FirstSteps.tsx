// Steps one and two with the live preview; the same for a channel to come and for one to go over again.
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { WizardFrame } from "../../wizard/WizardFrame";
import { AddressFields } from "./AddressFields";
import { DetailsFields } from "./DetailsFields";
import { type AddressForm, addressFields, type DetailsForm, detailsFields } from "./emailForm";
import { looksLikeAddress } from "./looksLikeAddress";
import { Preview, usePreview } from "./Preview";
import { plan } from "./wizard";

interface Props {
  step: "address" | "details";
  goTo: (step: "address" | "details") => void;
  channel?: Channel;
  address: AddressForm;
  onAddress: (value: AddressForm) => void;
  details: DetailsForm;
  onDetails: (value: DetailsForm) => void;
  busy: boolean;
  error: Error | null;
  onDone: () => void;
}

export function FirstSteps(props: Props) {
  const { t } = useTranslation("settings");
  const { step, goTo, channel, address, onAddress, details, onDetails, busy, error, onDone } = props;
  const [tried, setTried] = useState(false);
  const preview = usePreview(address.address, details);
  const errors = fieldErrors(error, [...addressFields, ...detailsFields], t);
  const wrongOnFirst = addressFields.some((field) => errors.at[field]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new refusal leads back to the address
  useEffect(() => {
    if (wrongOnFirst) goTo("address");
  }, [error, wrongOnFirst]);

  if (step === "address") {
    const missing = tried ? missingIn(address) : {};
    const next = () => {
      setTried(true);
      if (Object.keys(missingIn(address)).length === 0) goTo("details");
    };
    return (
      <WizardFrame
        plan={plan}
        step="address"
        channel={channel}
        onSubmit={next}
        aside={<Preview preview={preview} />}
        buttons={<Button type="submit">{t("wizard.next")}</Button>}
      >
        <FaultAlert text={wrongOnFirst ? null : errors.above} />
        <AddressFields value={address} onChange={onAddress} errors={{ ...errors.at, ...missing }} autoFocus />
      </WizardFrame>
    );
  }
  const previewErrors = fieldErrors(preview.error, detailsFields, t).at;
  return (
    <WizardFrame
      plan={plan}
      step="details"
      channel={channel}
      onSubmit={onDone}
      aside={<Preview preview={preview} />}
      buttons={
        <>
          <Button variant="default" onClick={() => goTo("address")}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={busy}>
            {t(channel ? "wizard.next" : "wizard.create")}
          </Button>
        </>
      }
    >
      <FaultAlert text={errors.above} />
      <DetailsFields value={details} onChange={onDetails} errors={{ ...previewErrors, ...errors.at }} />
    </WizardFrame>
  );

  function missingIn(form: AddressForm): Record<string, string> {
    return {
      ...(!looksLikeAddress(form.address) && { address: t("said.noAddress") }),
      ...(!form.name.trim() && { name: t("said.nameNeeded") }),
    };
  }
}
