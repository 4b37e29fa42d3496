// What recipients see of a channel, with the preview beside it: name, address, signature (EML-21).
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { SaveButton } from "../../../../ui/SaveButton";
import { Section } from "../../../../ui/Section";
import { useSectionForm } from "../../../edit/useSectionForm";
import { useChangeChannel } from "../../../useChangeChannel";
import { detailsFields, detailsFormOf, detailsSettings } from "../emailForm";
import { emailSettings } from "../settings";
import { DetailsFields } from "./DetailsFields";
import classes from "./DetailsSection.module.css";
import { Preview, usePreview } from "./Preview";

export function DetailsSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const stored = emailSettings(channel).address;
  const form = useSectionForm({ address: stored, ...detailsFormOf(channel, me.account.name) });
  const { address, ...details } = form.value;
  const change = useChangeChannel(channel.id);
  const preview = usePreview(address, details);
  const errors = fieldErrors(change.error, ["address", ...detailsFields], t);
  const previewErrors = fieldErrors(preview.error, detailsFields, t).at;
  const moved = address.trim() !== stored;
  const save = () =>
    change.mutate(
      { settings: { ...detailsSettings(details), ...(moved && { address: address.trim() }) } },
      { onSuccess: form.settle },
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) save();
      }}
    >
      <Section
        title={t("details.title")}
        text={t("details.text")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <div className={classes.columns}>
          <div className={classes.fields}>
            <FaultAlert text={errors.above} />
            <TextInput
              label={t("details.fromAddress")}
              description={moved ? t("address.moving") : t("details.fromAddressHelp")}
              type="email"
              autoComplete="off"
              maw={460}
              value={address}
              onChange={(event) => form.set({ ...form.value, address: event.currentTarget.value })}
              error={errors.at.address}
            />
            <DetailsFields
              value={details}
              onChange={(changed) => form.set({ address, ...changed })}
              errors={{ ...previewErrors, ...errors.at }}
            />
          </div>
          <Preview preview={preview} />
        </div>
      </Section>
    </form>
  );
}
