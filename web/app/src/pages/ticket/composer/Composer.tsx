// Writing a reply or an internal comment: recipients, text, files, and sending it.
import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconEyeOff, IconMail, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Draft, TicketDetail } from "@/api/types";
import type { TimelineRead } from "../timeline/useTimeline";
import classes from "./Composer.module.css";
import type { Mode } from "./ComposerDock";
import { DropZone } from "./DropZone";
import { Editor } from "./Editor";
import { FileChips } from "./FileChips";
import { emptyRecipients, Recipients, type RecipientsValue } from "./Recipients";
import { ReplyHint } from "./ReplyHint";
import { SendButton } from "./SendButton";
import { StalePanel } from "./StalePanel";
import { Toolbar } from "./Toolbar";
import { attachedIds, useAttachments } from "./useAttachments";
import { hasContent, useDraftSaver } from "./useDraftSaver";
import { useMessageEditor } from "./useMessageEditor";
import { useSend } from "./useSend";

interface Props {
  slug: string;
  ticket: TicketDetail;
  timeline: TimelineRead;
  seen: { version: number | undefined; accept: (version: number) => void };
  draft: Draft | null;
  mode: Mode;
  /** Whether the person asked to write; a draft that opens by itself does not take the cursor. */
  focus: boolean;
  onMode: (mode: Mode) => void;
  onClose: () => void;
}

export function Composer({ slug, ticket, timeline, seen, draft, mode, focus, onMode, onClose }: Props) {
  const { t } = useTranslation("composer");
  const { reply } = ticket;
  const [recipients, setRecipients] = useState<RecipientsValue>(() => firstRecipients(ticket, draft));
  const files = useAttachments(draft?.attachments ?? [], draft?.html ?? "");
  const editor = useMessageEditor({
    html: draft?.html ?? "",
    focus,
    placeholder: t(mode === "reply" ? "placeholder.reply" : "placeholder.comment"),
    onFiles: files.add,
    onImage: files.addInline,
    onSubmit: () => !blocked && sender.send(),
  });
  const attached = attachedIds(files.files, editor.html);
  const saver = useDraftSaver(ticket.id, {
    mode,
    html: editor.html,
    ...pickAddresses(recipients),
    attachments: attached,
    seen_version: seen.version ?? null,
  });
  const sender = useSend({
    ticket,
    mode,
    recipients,
    html: editor.html,
    attachments: attached,
    seen,
    beforeSend: saver.stop,
    afterSent: onClose,
    afterRefused: saver.resume,
  });

  const discard = async () => {
    await saver.discard();
    onClose();
  };
  const minimise = async () => {
    await saver.flush();
    onClose();
  };
  const nothing = !hasContent({ html: editor.html, attachments: attached });
  const blocked =
    nothing ||
    files.uploading ||
    sender.sending ||
    (mode === "reply" &&
      (!reply.possible || recipients.to.length + recipients.cc.length + recipients.bcc.length === 0));

  return (
    <DropZone onFiles={files.add}>
      <section className={classes.composer} data-mode={mode} aria-label={t(mode)}>
        <header className={classes.head}>
          <ModeTabs mode={mode} onMode={onMode} replyPossible={reply.possible} />
          <SaveNote state={saver.state} />
          <Tooltip label={t("discard")}>
            <ActionIcon variant="subtle" color="gray" onClick={discard} aria-label={t("discard")}>
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t("minimise")}>
            <ActionIcon variant="subtle" color="gray" onClick={minimise} aria-label={t("minimise")}>
              <IconChevronDown size={18} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </header>
        {(mode === "reply" || !reply.possible) && (
          <div className={classes.hints}>
            <ReplyHint slug={slug} reply={reply} />
          </div>
        )}
        {sender.stale && (
          <StalePanel
            ticket={ticket}
            newer={sender.stale.newer}
            sending={sender.sending}
            onSendAnyway={sender.sendAnyway}
            onContinue={() => {
              sender.acceptNewer();
              timeline.retry();
              editor.focus();
            }}
          />
        )}
        {mode === "reply" && reply.possible && (
          <Recipients
            reply={reply}
            carried={reply.how !== ticket.channel?.kind}
            value={recipients}
            onChange={setRecipients}
          />
        )}
        <Editor editor={editor.editor} />
        <FileChips files={files} />
        <footer className={classes.foot}>
          <Toolbar editor={editor.editor} onFiles={files.add} />
          <SendButton
            mode={mode}
            status={ticket.status}
            disabled={blocked}
            sending={sender.sending}
            onSend={sender.send}
          />
        </footer>
      </section>
    </DropZone>
  );
}

function ModeTabs({
  mode,
  onMode,
  replyPossible,
}: {
  mode: Mode;
  onMode: (mode: Mode) => void;
  replyPossible: boolean;
}) {
  const { t } = useTranslation("composer");
  const tab = (name: Mode, icon: React.ReactNode, label: React.ReactNode, disabled = false) => (
    <UnstyledButton
      role="tab"
      aria-selected={mode === name}
      className={classes.tab}
      data-active={mode === name || undefined}
      disabled={disabled}
      onClick={() => onMode(name)}
    >
      {icon}
      {label}
    </UnstyledButton>
  );
  return (
    <div role="tablist" aria-label={t("mode")} className={classes.tabs}>
      {tab("reply", <IconMail size={15} stroke={1.7} aria-hidden="true" />, t("reply"), !replyPossible)}
      {tab(
        "comment",
        <IconEyeOff size={15} stroke={1.7} aria-hidden="true" />,
        <>
          <span className={classes.long}>{t("comment")}</span>
          <span className={classes.short}>{t("commentShort")}</span>
        </>,
      )}
    </div>
  );
}

function SaveNote({ state }: { state: "idle" | "saving" | "saved" | "failed" }) {
  const { t } = useTranslation("composer");
  return (
    <span className={classes.saved} role="status" data-state={state}>
      {state !== "idle" && t(`draft.${state}`)}
    </span>
  );
}

function firstRecipients(ticket: TicketDetail, draft: Draft | null): RecipientsValue {
  if (draft?.mode === "reply") return { ...emptyRecipients, to: draft.to, cc: draft.cc, bcc: draft.bcc };
  return { ...emptyRecipients, to: ticket.reply.to, cc: ticket.reply.cc };
}

const pickAddresses = ({ to, cc, bcc }: RecipientsValue) => ({ to, cc, bcc });
