// Which folders are read, as the server lists them when somebody asks, and the import of mail from before.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { channelFoldersQuery } from "@/api/channels";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { SaveButton } from "../../../../ui/SaveButton";
import { Section } from "../../../../ui/Section";
import { useSectionForm } from "../../../edit/useSectionForm";
import { useChangeChannel } from "../../../useChangeChannel";
import { FolderFields } from "../fetching/FetchingFields";
import { fetchingFields, fetchingOf } from "../fetching/fetching";
import { emailSettings } from "../settings";

export function FoldersSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation(["email", "settings"]);
  const settings = emailSettings(channel);
  const form = useSectionForm(fetchingOf(settings.imap));
  const change = useChangeChannel(channel.id);
  const folders = useQuery({ ...channelFoldersQuery(channel), enabled: channel.authorized });
  const errors = fieldErrors(change.error, fetchingFields, t);
  const { folders: chosen, sent_folder } = form.value;
  const save = () =>
    change.mutate({ settings: { imap: { folders: chosen, sent_folder } } }, { onSuccess: form.settle });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty && chosen.length > 0) save();
      }}
    >
      <Section
        title={t("folders.title")}
        text={t("folders.text")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        {folders.error && (
          <Note tone="warn">
            {t("folders.notListed")}{" "}
            <Button size="compact-xs" variant="default" onClick={() => folders.refetch()}>
              {t("folders.listAgain")}
            </Button>
          </Note>
        )}
        <FolderFields
          value={form.value}
          onChange={form.set}
          folders={folders.data?.folders ?? []}
          errors={{ ...errors.at, ...(chosen.length === 0 && { "imap.folders": t("folders.needed") }) }}
        />
      </Section>
    </form>
  );
}
