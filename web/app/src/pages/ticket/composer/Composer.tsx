// Writing an answer, handing a message on, or an internal comment: recipients, text, files, and sending it.
import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { IconChevronDown, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mode, Plan } from "@/api/composer";
import type { Draft, TicketDetail } from "@/api/types";
import { useTyping } from "../presence/usePresence";
import type { TimelineRead } from "../timeline/useTimeline";
import classes from "./Composer.module.css";
import { DropZone } from "./DropZone";
import { Editor } from "./Editor";
import { FileChips } from "./FileChips";
import { HandedFiles } from "./HandedFiles";
import { asDraft, type Opened } from "./localDraft";
import { ModeTabs } from "./ModeTabs";
import { MacroChips } from "./macros/MacroChips";
import { MacroTool } from "./macros/MacroTool";
import { useMacros } from "./macros/useMacros";
import { OtherVersion } from "./OtherVersion";
import { longestHtml } from "./paste";
import { QuoteBelow } from "./QuoteBelow";
import { From, Recipients } from "./Recipients";
import { ReplyHint } from "./ReplyHint";
import { countOf } from "./recipients";
import { SendButton } from "./SendButton";
import { StalePanel } from "./StalePanel";
import { useEmoji } from "./suggest/useEmoji";
import { useMentions } from "./suggest/useMentions";
import { Toolbar } from "./Toolbar";
import { attachedIds, useAttachments } from "./useAttachments";
import { hasContent, type SaveState, useDraftSaver } from "./useDraftSaver";
import { useMessageEditor } from "./useMessageEditor";
import { type Outgoing, useOutgoing } from "./useOutgoing";
import { useSend } from "./useSend";
import { useSendSoon } from "./useSendSoon";
import { Warnings } from "./Warnings";
import type { Writing } from "./writing";

interface Props {
  slug: string;
  ticket: TicketDetail;
  timeline: TimelineRead;
  seen: { version: number | undefined; accept: (version: number) => void };
  opened: Opened;
  /** The server's copy of the draft, as it is now. */
  server: Draft | null;
  writing: Writing;
  /** What it was opened for, and each time that somebody asks for it again. */
  asked: Writing;
  onMode: (mode: Mode) => void;
  onClose: () => void;
}

export function Composer({
  slug,
  ticket,
  timeline,
  seen,
  opened,
  server,
  writing,
  asked,
  onMode,
  onClose,
}: Props) {
  const { t } = useTranslation("composer");
  const { mode } = writing;
  // As it was when the composer opened; from then on what is typed is the draft.
  const [{ draft, other: offered }] = useState(opened);
  const [other, setOther] = useState(offered);
  const outgoing = useOutgoing(ticket, writing, draft);
  const { plan, recipients } = outgoing;
  const files = useAttachments(draft?.attachments ?? [], draft?.html ?? "", plan?.limits ?? null);
  const macros = useMacros(ticket.id);
  const suggesters = [useMentions(ticket.id, mode !== "comment"), useEmoji(), ...macros.suggesters];
  const editor = useMessageEditor({
    suggesters,
    html: draft?.html ?? "",
    focus: writing.focus,
    placeholder: t(`placeholder.${mode}`),
    onFiles: files.add,
    onImage: files.addInline,
    onHtml: useTyping(),
    canAttach: plan?.limits?.files !== 0,
    onSubmit: () => soon.send({}),
  });
  useFocusWhenAsked(asked, editor.focus);
  const attached = attachedIds(files.files, editor.html);
  const body = {
    mode,
    about: writing.about,
    channel: outgoing.channel,
    html: editor.html,
    to: recipients.to,
    cc: recipients.cc,
    bcc: recipients.bcc,
    attachments: attached,
    seen_version: seen.version ?? null,
  };
  const shown = files.files.flatMap(({ attachment }) => (attachment ? [attachment] : []));
  const saver = useDraftSaver(ticket.id, body, shown, {
    base: server?.updated_at ?? null,
    unsaved: draft !== null && draft.html !== server?.html,
    onElsewhere: (draft, clean) => {
      if (clean) return editor.put(draft.html);
      setOther(draft);
      return null;
    },
  });
  useCloseWithDraft(server, () => saver.isClean() && hasContent(body), onClose);
  const sender = useSend({
    ticket,
    mode,
    html: editor.html,
    mentions: editor.mentions,
    attachments: attached,
    outgoing,
    macros,
    seen,
    draft: () => asDraft(body, shown),
    beforeSend: saver.stop,
    afterSent: onClose,
    afterRefused: saver.resume,
  });

  const discard = async () => {
    macros.clear();
    await saver.discard();
    onClose();
  };
  const minimise = async () => {
    await saver.flush();
    onClose();
  };
  const tooLong = editor.html.length > longestHtml;
  const nothing = !hasContent({ html: editor.html, attachments: attached });
  const possible = plan ? plan.possible : outgoing.blind && ticket.reply.possible;
  const unsendable = mode !== "comment" && (!possible || countOf(recipients) === 0);
  const blocked =
    (nothing && mode !== "forward") ||
    files.uploading ||
    !!files.tooMuch ||
    tooLong ||
    sender.sending ||
    unsendable;
  const reading = mode !== "comment" && outgoing.reading;
  const waiting = !nothing && !sender.sending && (files.uploading || reading);
  const soon = useSendSoon({ blocked, waiting, send: sender.send });

  return (
    <DropZone onFiles={files.add}>
      <section className={classes.composer} data-mode={mode} aria-label={t(mode)}>
        <header className={classes.head}>
          <ModeTabs mode={mode} onMode={onMode} replyPossible={ticket.reply.possible} />
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
        <div className={classes.scrolled}>
          {(mode !== "comment" || !ticket.reply.possible) && (
            <div className={classes.hints}>
              <ReplyHint slug={slug} reply={plan && !plan.possible ? plan : ticket.reply} />
            </div>
          )}
          {other && (
            <OtherVersion
              at={other.updated_at}
              onUse={() => {
                setOther(asDraft(body, shown));
                editor.put(other.html);
              }}
              onLeave={() => setOther(null)}
            />
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
          {outgoing.blind && (
            <p className={classes.blind}>
              {t("outbox.to", { who: [...recipients.to, ...recipients.cc].join(", ") })}
            </p>
          )}
          {plan?.possible && <OutgoingHead ticket={ticket} mode={mode} outgoing={outgoing} plan={plan} />}
          <Editor editor={editor} />
          {plan?.possible && (
            <>
              {mode === "forward" && (
                <HandedFiles files={plan.attachments} left={outgoing.left} onLeft={outgoing.setLeft} />
              )}
              <QuoteBelow
                key={plan.answers}
                plan={plan}
                goes={outgoing.quotes}
                onGoes={mode === "forward" ? null : outgoing.setQuotes}
              />
            </>
          )}
          {tooLong && (
            <p className={classes.tooLong} role="alert">
              {t("paste.tooLong")}
            </p>
          )}
          <FileChips files={files} />
        </div>
        <MacroChips macros={macros} />
        <footer className={classes.foot}>
          <Toolbar editor={editor.editor} onFiles={files.add} limit={plan?.limits?.file}>
            <MacroTool editor={editor.editor} none={macros.none} />
          </Toolbar>
          <SendButton
            comment={mode === "comment"}
            status={mode === "forward" ? null : ticket.status}
            disabled={blocked}
            sending={sender.sending || soon.soon}
            onSend={soon.send}
          />
        </footer>
      </section>
    </DropZone>
  );
}

/** Sent or thrown away in another window: what stands here unchanged is done with. */
function useCloseWithDraft(server: Draft | null, unchanged: () => boolean, close: () => void): void {
  const had = useRef(server !== null);
  useEffect(() => {
    if (had.current && !server && unchanged()) close();
    had.current = server !== null;
  });
}

/** A composer that a draft had opened is written in as soon as somebody asks to; handing on begins with to whom. */
function useFocusWhenAsked(asked: Writing, focus: () => void): void {
  const had = useRef(asked);
  useEffect(() => {
    if (asked !== had.current && asked.focus && asked.mode !== "forward") focus();
    had.current = asked;
  });
}

interface OutgoingHeadProps {
  ticket: TicketDetail;
  mode: Mode;
  outgoing: Outgoing;
  plan: Plan;
}

function OutgoingHead({ ticket, mode, outgoing, plan }: OutgoingHeadProps) {
  const { t } = useTranslation("composer");
  return (
    <>
      <Recipients
        key={`${mode} ${plan.answers}`}
        plan={plan}
        from={
          plan.channel &&
          (plan.channels.length > 1 || plan.channel.kind !== ticket.channel?.kind) && (
            <From chosen={plan.channel} channels={plan.channels} onChannel={outgoing.setChannel} />
          )
        }
        value={outgoing.recipients}
        onChange={outgoing.setRecipients}
        autoFocus={mode === "forward"}
      />
      {mode === "forward" && plan.subject && (
        <TextInput
          size="xs"
          variant="unstyled"
          className={classes.subject}
          aria-label={t("field.subject")}
          value={outgoing.subject}
          onChange={(event) => outgoing.setSubject(event.currentTarget.value)}
        />
      )}
      <Warnings plan={plan} />
    </>
  );
}

function SaveNote({ state }: { state: SaveState }) {
  const { t } = useTranslation("composer");
  return (
    <span className={classes.saved} role="status" data-state={state}>
      {state !== "idle" && t(`draft.${state}`)}
    </span>
  );
}
