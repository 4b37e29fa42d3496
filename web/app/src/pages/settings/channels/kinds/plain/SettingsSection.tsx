// What the kind asks for, to be changed.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { kindsQuery } from "@/api/desk";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { SaveButton } from "../../../ui/SaveButton";
import { Section } from "../../../ui/Section";
import { useSectionForm } from "../../edit/useSectionForm";
import { useChangeChannel } from "../../useChangeChannel";
import { type AskedField, sentOf, startOf } from "./asked";
import { SettingsFields } from "./SettingsFields";

export function SettingsSection({ channel }: { channel: Channel }) {
  const kind = useQuery(kindsQuery()).data?.items.find((one) => one.kind === channel.kind);
  const method =
    kind?.methods.find((one) => one.key === channel.settings.method) ??
    (kind?.methods.length === 1 ? kind.methods[0] : undefined);
  return method ? <Asked channel={channel} fields={method.settings_form} /> : null;
}

function Asked({ channel, fields }: { channel: Channel; fields: readonly AskedField[] }) {
  const { t } = useTranslation("settings");
  const form = useSectionForm(startOf(fields, channel.settings));
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(
    change.error,
    fields.map((field) => field.name),
    t,
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) change.mutate({ settings: sentOf(fields, form.value) }, { onSuccess: form.settle });
      }}
    >
      <Section
        title={t("plain.title")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        <SettingsFields
          fields={fields}
          value={form.value}
          onChange={form.set}
          errors={errors.at}
          stored={channel.settings}
        />
      </Section>
    </form>
  );
}
