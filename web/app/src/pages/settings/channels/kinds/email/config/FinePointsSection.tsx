// What a mailbox and its server can do besides; presets of known providers fill it in.
import { Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { SaveButton } from "../../../../ui/SaveButton";
import { Section } from "../../../../ui/Section";
import { useSectionForm } from "../../../edit/useSectionForm";
import { useChangeChannel } from "../../../useChangeChannel";
import { emailSettings } from "../settings";

export function FinePointsSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("email");
  const { imap, plus = false } = emailSettings(channel);
  const { save_sent = true, authserv = "" } = imap ?? {};
  const form = useSectionForm({ save_sent, plus, authserv });
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(change.error, ["save_sent", "plus", "authserv"], t);
  const { value } = form;
  const save = () =>
    change.mutate(
      {
        settings: {
          plus: value.plus,
          imap: { save_sent: value.save_sent, authserv: value.authserv.trim() },
        },
      },
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
        title={t("fine.title")}
        text={t("fine.text")}
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
          label={t("fine.saveSent")}
          description={t("fine.saveSentText")}
          checked={value.save_sent}
          onChange={(event) => form.set({ ...value, save_sent: event.currentTarget.checked })}
          error={errors.at.save_sent}
        />
        <Switch
          label={t("fine.plus")}
          description={t("fine.plusText")}
          checked={value.plus}
          onChange={(event) => form.set({ ...value, plus: event.currentTarget.checked })}
          error={errors.at.plus}
        />
        <TextInput
          label={t("fine.authserv")}
          description={t("fine.authservText")}
          placeholder="mx.example.com"
          autoComplete="off"
          spellCheck={false}
          maw={460}
          value={value.authserv}
          onChange={(event) => form.set({ ...value, authserv: event.currentTarget.value })}
          error={errors.at.authserv}
        />
      </Section>
    </form>
  );
}
