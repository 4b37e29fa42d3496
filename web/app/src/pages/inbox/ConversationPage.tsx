// One conversation of an inbox: who has it, what was said, and the place to answer.
import { IconCheck, IconMailOff, IconTicket, IconUserCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { type Conversation, conversationQuery } from "@/api/inboxes";
import { useKeys } from "@/kit/keys";
import { ReadFailed } from "@/kit/ReadFailed";
import { ComposerDock } from "@/pages/ticket/composer/ComposerDock";
import { useSeenVersion } from "@/pages/ticket/composer/useSeenVersion";
import { type Write, WriteContext, type Writing } from "@/pages/ticket/composer/writing";
import { TicketSkeleton } from "@/pages/ticket/TicketSkeleton";
import { Timeline } from "@/pages/ticket/timeline/Timeline";
import { useTimeline } from "@/pages/ticket/timeline/useTimeline";
import { NotFound } from "@/shell/NotFound";
import { asTicket } from "./asTicket";
import { ConversationHead } from "./ConversationHead";
import classes from "./Inbox.module.css";
import { useConversation } from "./useConversation";

export function ConversationPage() {
  const { t } = useTranslation("inbox");
  const { conversationId } = useParams({ from: "/a/$slug/inbox/$inboxId/$conversationId" });
  const read = useQuery(conversationQuery(conversationId));
  if (read.error instanceof Problem && read.error.status === 404) return <NotFound />;
  if (read.isError && !read.data)
    return <ReadFailed title={t("failedOne")} error={read.error} onRetry={() => read.refetch()} />;
  if (!read.data) return <TicketSkeleton />;
  return <OpenConversation key={read.data.id} conversation={read.data} />;
}

function OpenConversation({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("inbox");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const { can } = useMe();
  const actions = useConversation(slug, conversation);
  const ticket = useMemo(() => asTicket(conversation), [conversation]);
  const timeline = useTimeline(ticket);
  const [atEnd, setAtEnd] = useState(true);
  const seen = useSeenVersion(timeline.version, atEnd);
  const [writing, setWriting] = useState<Writing | null>(null);
  const write: Write = useCallback((mode, about = null) => setWriting({ mode, about, focus: true }), []);
  const back = () =>
    navigate({
      to: "/a/$slug/inbox/$inboxId",
      params: { slug, inboxId: conversation.inbox_id },
      search: (kept) => kept,
    });
  useKeys("ticket", [
    { id: "back", keys: "Escape", label: t("key.back"), unlisted: true, run: back },
    {
      id: "take",
      keys: "t",
      label: t("key.take"),
      icon: IconUserCheck,
      enabled: can.answer,
      run: actions.take,
    },
    {
      id: "close",
      keys: "e",
      label: t("key.close"),
      icon: IconCheck,
      enabled: can.answer,
      run: actions.toggle,
    },
    {
      id: "makeTicket",
      keys: "shift+t",
      label: t("key.ticket"),
      icon: IconTicket,
      enabled: can.answer && !conversation.ticket,
      run: actions.makeTicket,
    },
    {
      id: "spam",
      keys: "!",
      label: t("key.spam"),
      icon: IconMailOff,
      enabled: can.answer,
      run: actions.spam,
    },
  ]);
  return (
    <div className={classes.conversation}>
      <ConversationHead slug={slug} conversation={conversation} actions={actions} onBack={back} />
      <WriteContext value={can.answer ? write : null}>
        <Timeline ticket={ticket} timeline={timeline} onAtEnd={setAtEnd} />
      </WriteContext>
      {can.answer && (
        <ComposerDock
          slug={slug}
          ticket={ticket}
          timeline={timeline}
          seen={seen}
          writing={writing}
          onWriting={setWriting}
        />
      )}
    </div>
  );
}
