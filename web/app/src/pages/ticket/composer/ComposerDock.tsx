// The place below the conversation where one answers; the editor itself is fetched when first needed.
import { Button, Loader, UnstyledButton } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowBackUpDouble,
  IconArrowForwardUp,
  IconEyeOff,
  IconPencil,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Mode, Target } from "@/api/composer";
import { useMe } from "@/api/desk";
import { draftQuery } from "@/api/timeline";
import type { Draft, TicketDetail, TimelineItem } from "@/api/types";
import { useKeys } from "@/kit/keys";
import { useWaiting } from "@/live/outbox/useOutbox";
import { isOurMachine } from "../timeline/MessageCard";
import type { TimelineRead } from "../timeline/useTimeline";
import classes from "./ComposerDock.module.css";
import { type Opened, opened, placeOf, recall } from "./localDraft";
import { ReplyHint } from "./ReplyHint";
import { Waiting } from "./Waiting";
import type { Writing } from "./writing";

const nothing: Opened = { draft: null, other: null };
const Composer = lazy(() => import("./Composer").then((module) => ({ default: module.Composer })));

interface Props {
  slug: string;
  ticket: TicketDetail;
  timeline: TimelineRead;
  seen: { version: number | undefined; accept: (version: number) => void };
  writing: Writing | null;
  onWriting: (writing: Writing | null) => void;
}

export function ComposerDock({ slug, ticket, timeline, seen, writing, onWriting }: Props) {
  const { t } = useTranslation("ticket");
  const draft = useQuery(draftQuery(ticket.id));
  const place = placeOf(useMe().member_id, ticket.id);
  const waiting = useWaiting(ticket.id);
  const write = (mode: Mode, about: string | null = null) =>
    onWriting({ mode: ticket.reply.possible ? mode : "comment", about, focus: true });
  // What waits in the outbox is no draft any more, though the server has it until it is sent.
  const found = draft.isPending || waiting.length > 0 ? null : opened(draft.data, recall(place)).draft;
  useOpenOnDraft(found, onWriting);
  useReadyToWrite();
  useKeys("ticket", [
    { id: "reply", keys: "r", label: t("key.reply"), icon: IconArrowBackUp, run: () => write("reply") },
    {
      id: "replyAll",
      keys: "shift+r",
      label: t("key.replyAll"),
      icon: IconArrowBackUpDouble,
      run: () => write("reply_all"),
    },
    {
      id: "forward",
      keys: "shift+f",
      label: t("key.forward"),
      icon: IconArrowForwardUp,
      run: () => write("forward"),
    },
    { id: "comment", keys: "c", label: t("key.comment"), icon: IconEyeOff, run: () => write("comment") },
  ]);

  if (writing && !draft.isPending)
    return (
      <Suspense fallback={<Loader size="xs" m="md" role="progressbar" aria-label={t("common:loading")} />}>
        <Composer
          slug={slug}
          ticket={ticket}
          timeline={timeline}
          seen={seen}
          opened={waiting.length > 0 ? nothing : opened(draft.data, recall(place))}
          server={draft.data ?? null}
          writing={{ ...writing, about: aboutOf(writing, timeline.items) }}
          asked={writing}
          onMode={(mode) => write(mode, writing.about)}
          onClose={() => onWriting(null)}
        />
      </Suspense>
    );
  const contact = ticket.contact?.name || ticket.contact?.email;
  const label = found
    ? t("composer:continueDraft")
    : contact
      ? t("composer:replyTo", { who: contact })
      : t("composer:reply");
  return (
    <div className={classes.dock}>
      <Waiting ticketId={ticket.id} />
      <ReplyHint slug={slug} reply={ticket.reply} />
      <div className={classes.row}>
        <UnstyledButton className={classes.field} onClick={() => write(found?.mode ?? "reply", found?.about)}>
          <IconPencil size={16} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
        </UnstyledButton>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconEyeOff size={16} stroke={1.7} />}
          onClick={() => write("comment")}
        >
          <span className={classes.long}>{t("composer:comment")}</span>
          <span className={classes.short}>{t("composer:commentShort")}</span>
        </Button>
      </div>
    </div>
  );
}

/** What is handed on is always some message: without another the last that a person wrote. */
function aboutOf({ mode, about }: Target, items: TimelineItem[]): string | null {
  if (mode !== "forward" || about) return about;
  return [...items].reverse().find((item) => item.type === "message" && !isOurMachine(item))?.id ?? null;
}

/** The editor is fetched before it is asked for: it opens at once, also when the line has gone meanwhile. */
function useReadyToWrite(): void {
  useEffect(() => {
    const timer = setTimeout(() => import("./Composer").catch(() => {}), 1500);
    return () => clearTimeout(timer);
  }, []);
}

/** A draft found on opening, or put back by an undo, opens the composer by itself. */
function useOpenOnDraft(draft: Draft | null | undefined, open: (writing: Writing) => void): void {
  const had = useRef(false);
  useEffect(() => {
    if (draft && !had.current) open({ mode: draft.mode, about: draft.about, focus: false });
    had.current = !!draft;
  }, [draft, open]);
}
