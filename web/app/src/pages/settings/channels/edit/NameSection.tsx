// What the team calls a channel.
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../ui/FaultAlert";
import { fieldErrors } from "../../ui/fieldErrors";
import { SaveButton } from "../../ui/SaveButton";
import { Section } from "../../ui/Section";
import { NameField } from "../NameField";
import { useChangeChannel } from "../useChangeChannel";
import { useSectionForm } from "./useSectionForm";

export function NameSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const form = useSectionForm({ name: channel.name });
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(change.error, ["name"], t);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) change.mutate({ name: form.value.name.trim() }, { onSuccess: form.settle });
      }}
    >
      <Section
        title={t("address.nameAlone")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        <NameField value={form.value.name} onChange={(name) => form.set({ name })} error={errors.at.name} />
      </Section>
    </form>
  );
}
