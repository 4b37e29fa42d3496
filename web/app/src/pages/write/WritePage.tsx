// Writing first: a mail to a contact or to a new address, which opens a ticket.
import { Alert, Anchor, Button, TextInput } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type NewMailForm, newMailQuery, type SendingChannel } from "@/api/composer";
import { useMe } from "@/api/desk";
import { ReadFailed } from "@/kit/ReadFailed";
import { PageLoading } from "@/shell/PageLoading";
import { DropZone } from "../ticket/composer/DropZone";
import { Editor } from "../ticket/composer/Editor";
import { FileChips } from "../ticket/composer/FileChips";
import { From, Recipients } from "../ticket/composer/Recipients";
import { countOf } from "../ticket/composer/recipients";
import { SendButton } from "../ticket/composer/SendButton";
import { useEmoji } from "../ticket/composer/suggest/useEmoji";
import { Toolbar } from "../ticket/composer/Toolbar";
import { attachedIds, useAttachments } from "../ticket/composer/useAttachments";
import { hasContent } from "../ticket/composer/useDraftSaver";
import { useMessageEditor } from "../ticket/composer/useMessageEditor";
import { useUnsent } from "./unsent";
import { useWriteFirst } from "./useWriteFirst";
import classes from "./WritePage.module.css";

export function WritePage() {
  const { t } = useTranslation("composer");
  useDocumentTitle(t("newMail.title"));
  const form = useQuery(newMailQuery());
  if (form.isError)
    return <ReadFailed title={t("newMail.title")} error={form.error} onRetry={() => form.refetch()} />;
  if (!form.data) return <PageLoading />;
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t("newMail.title")}</h1>
      <div className={classes.content}>
        {form.data.channels.length === 0 ? <NoChannel /> : <NewMail form={form.data} />}
      </div>
    </div>
  );
}

function NoChannel() {
  const { t } = useTranslation("composer");
  const { slug } = useParams({ from: "/a/$slug" });
  const { can } = useMe();
  return (
    <Alert color="yellow" variant="light">
      {t("newMail.none")}{" "}
      {can.manage_channels && (
        <Anchor component={Link} to={`/a/${slug}/settings/channels`} fz="inherit">
          {t("newMail.connect")}
        </Anchor>
      )}
    </Alert>
  );
}

function NewMail({ form }: { form: NewMailForm }) {
  const { t } = useTranslation("composer");
  const { to } = useSearch({ from: "/a/$slug/write" });
  const router = useRouter();
  const [mail, change, forget] = useUnsent(to);
  const channel = chosenOf(form, mail.channel);
  const files = useAttachments([], mail.html, channel?.limits ?? null);
  const [first] = useState(mail.html);
  const emoji = useEmoji();
  const editor = useMessageEditor({
    suggesters: [emoji],
    html: first,
    focus: mail.recipients.to.length > 0,
    placeholder: t("newMail.placeholder"),
    onFiles: files.add,
    onImage: files.addInline,
    onHtml: (html) => change({ html }),
    onSubmit: () => !blocked && writing.send({}),
  });
  const attached = attachedIds(files.files, editor.html);
  const writing = useWriteFirst({
    mail: { ...mail, html: editor.html },
    channel: channel?.id,
    attachments: attached,
    onWritten: forget,
  });
  const blocked =
    !hasContent({ html: editor.html, attachments: attached }) ||
    countOf(mail.recipients) === 0 ||
    files.uploading ||
    !!files.tooMuch ||
    writing.sending;

  return (
    <DropZone onFiles={files.add}>
      <section className={classes.composer} aria-label={t("newMail.title")}>
        <Recipients
          plan={{ new_people: [], left_out: [] }}
          from={
            channel && (
              <From chosen={channel} channels={form.channels} onChannel={(id) => change({ channel: id })} />
            )
          }
          value={mail.recipients}
          onChange={(recipients) => change({ recipients })}
          autoFocus={mail.recipients.to.length === 0}
        />
        <TextInput
          variant="unstyled"
          className={classes.subject}
          placeholder={t("newMail.subject")}
          aria-label={t("newMail.subject")}
          maxLength={1000}
          value={mail.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        <Editor editor={editor} />
        <FileChips files={files} />
        <footer className={classes.foot}>
          <Toolbar editor={editor.editor} onFiles={files.add} limit={channel?.limits.file} />
          <div className={classes.buttons}>
            <Button size="xs" h={32} variant="subtle" color="gray" onClick={() => router.history.back()}>
              {t("newMail.close")}
            </Button>
            <SendButton status={null} disabled={blocked} sending={writing.sending} onSend={writing.send} />
          </div>
        </footer>
      </section>
    </DropZone>
  );
}

function chosenOf({ channels, channel }: NewMailForm, wanted: string | null): SendingChannel | null {
  const find = (id: string | null) => channels.find((one) => one.id === id);
  return find(wanted) ?? find(channel) ?? channels[0] ?? null;
}
