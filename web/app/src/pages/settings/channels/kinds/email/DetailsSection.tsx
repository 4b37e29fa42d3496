// What recipients see, with the preview beside it.
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { SaveButton } from "../../../ui/SaveButton";
import { Section } from "../../../ui/Section";
import { useSectionForm } from "../../edit/useSectionForm";
import { useChangeChannel } from "../../useChangeChannel";
import { DetailsFields } from "./DetailsFields";
import classes from "./DetailsSection.module.css";
import { detailsFields, detailsFormOf, detailsSettings } from "./emailForm";
import { Preview, usePreview } from "./Preview";
import { emailSettings } from "./settings";

export function DetailsSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const form = useSectionForm(detailsFormOf(channel, me.account.name));
  const change = useChangeChannel(channel.id);
  const preview = usePreview(emailSettings(channel).address, form.value);
  const errors = fieldErrors(change.error, detailsFields, t);
  const previewErrors = fieldErrors(preview.error, detailsFields, t).at;
  const save = () => change.mutate({ settings: detailsSettings(form.value) }, { onSuccess: form.settle });
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
            <DetailsFields
              value={form.value}
              onChange={form.set}
              errors={{ ...previewErrors, ...errors.at }}
            />
          </div>
          <Preview preview={preview} />
        </div>
      </Section>
    </form>
  );
}
