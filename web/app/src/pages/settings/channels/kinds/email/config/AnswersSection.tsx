// Whose a forwarded mail is (EML-22, EML-23), and whether answers carry what they answer.
import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { SaveButton } from "../../../../ui/SaveButton";
import { Section } from "../../../../ui/Section";
import { useSectionForm } from "../../../edit/useSectionForm";
import { useChangeChannel } from "../../../useChangeChannel";
import { emailSettings } from "../settings";

export function AnswersSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("email");
  const form = useSectionForm({
    original: channel.forwards_belong_to === "original",
    quoting: emailSettings(channel).quoting,
  });
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(change.error, ["forwards_belong_to", "quoting"], t);
  const { original, quoting } = form.value;
  const save = () =>
    change.mutate(
      { forwards_belong_to: original ? "original" : "forwarder", settings: { quoting } },
      { onSuccess: form.settle },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) save();
      }}
    >
      <Section
        title={t("forwarded.title")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        <Switch
          label={t("forwarded.original")}
          description={t(original ? "forwarded.originalOn" : "forwarded.originalOff")}
          checked={original}
          onChange={(event) => form.set({ ...form.value, original: event.currentTarget.checked })}
          error={errors.at.forwards_belong_to}
        />
        <Switch
          label={t("forwarded.quoting")}
          description={t("forwarded.quotingText")}
          checked={quoting}
          onChange={(event) => form.set({ ...form.value, quoting: event.currentTarget.checked })}
          error={errors.at.quoting}
        />
      </Section>
    </form>
  );
}
