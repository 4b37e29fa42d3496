// One ticket: its head, what was said and done, the place to answer, and the contact beside it.
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import {
  IconBell,
  IconCheck,
  IconClock,
  IconLink,
  IconMailOff,
  IconMailPlus,
  IconPencil,
  IconSum,
  IconTag,
  IconTrash,
  IconUserCheck,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { ticketQuery } from "@/api/tickets";
import type { TicketDetail } from "@/api/types";
import { useKeys } from "@/kit/keys";
import { ReadFailed } from "@/kit/ReadFailed";
import { toast } from "@/kit/toast";
import { useMarkSpam } from "@/pages/spam/useMarking";
import { useAfterClosing, useGoOn } from "@/pages/tickets/afterClosing";
import { NotFound } from "@/shell/NotFound";
import { ContactPanel } from "./ContactPanel";
import { ComposerDock } from "./composer/ComposerDock";
import { useSeenVersion } from "./composer/useSeenVersion";
import { type Write, WriteContext, type Writing } from "./composer/writing";
import { TypingLine } from "./presence/Present";
import { TypingContext, usePresence } from "./presence/usePresence";
import { TicketHead } from "./TicketHead";
import { TicketIsSpam } from "./TicketIsSpam";
import classes from "./TicketPage.module.css";
import { TicketSkeleton } from "./TicketSkeleton";
import { Timeline } from "./timeline/Timeline";
import { useTimeline } from "./timeline/useTimeline";
import type { Asking } from "./work/Dialogs";
import { OnlyOne, useOnly } from "./work/OnlyOne";
import { Standing } from "./work/Standing";
import { ChoosingMessages, SplitBar, useSplitting } from "./work/splitting";
import { useKeyChoices } from "./work/useKeyChoices";
import { useWork } from "./work/useWork";

const Dialogs = lazy(() => import("./work/Dialogs").then((module) => ({ default: module.Dialogs })));

export function TicketPage() {
  const { t } = useTranslation("ticket");
  const { slug, number } = useParams({ from: "/a/$slug/tickets/$number" });
  const ticket = useQuery(ticketQuery(number));
  if (ticket.error instanceof Problem && ticket.error.kind === "ticket-is-spam")
    return <TicketIsSpam slug={slug} conversation={String(ticket.error.body.conversation_id)} />;
  if (ticket.error instanceof Problem && ticket.error.status === 404) return <NotFound />;
  if (ticket.isError && !ticket.data)
    return <ReadFailed title={t("failed")} error={ticket.error} onRetry={() => ticket.refetch()} />;
  if (!ticket.data) return <TicketSkeleton />;
  if (ticket.data.merged_into)
    return <MergedAway part={ticket.data.number} whole={ticket.data.merged_into.number} />;
  return <OpenTicket key={ticket.data.id} ticket={ticket.data} />;
}

/** The address of a merged ticket leads to the one that it is part of. */
function MergedAway({ part, whole }: { part: number; whole: number }) {
  const { t } = useTranslation("work");
  const { slug } = useParams({ from: "/a/$slug" });
  const { view } = useSearch({ from: "/a/$slug/tickets" });
  useEffect(() => toast(t("standing.merged", { part })), [t, part]);
  return (
    <Navigate
      to="/a/$slug/tickets/$number"
      params={{ slug, number: String(whole) }}
      search={{ view }}
      replace
    />
  );
}

function OpenTicket({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation(["ticket", "work"]);
  const { slug } = useParams({ from: "/a/$slug" });
  const { view } = useSearch({ from: "/a/$slug/tickets" });
  const navigate = useNavigate();
  const me = useMe();
  const typing = usePresence(ticket.id);
  const work = useWork(ticket);
  const [asking, setAsking] = useState<Asking | null>(null);
  const splitting = useSplitting();
  const only = useOnly(ticket);
  const goOn = useGoOn();
  const [after] = useAfterClosing();
  const timeline = useTimeline(ticket);
  const [atEnd, setAtEnd] = useState(true);
  const seen = useSeenVersion(timeline.version, atEnd);
  const panel = useContactPanel();
  const [writing, setWriting] = useState<Writing | null>(null);
  const write: Write = useCallback((mode, about = null) => setWriting({ mode, about, focus: true }), []);

  const foundBy = useLocation({ select: (location) => location.state.search });
  const back = () =>
    foundBy === undefined
      ? navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view } })
      : navigate({ to: "/a/$slug/search", params: { slug }, search: { q: foundBy } });
  const acts = me.can.answer && !ticket.deleted_at;
  const leave = () => (after === "stay" ? back() : goOn(ticket.number));
  const mark = useMarkSpam(leave, () => work.show(ticket.number));
  const choices = useKeyChoices(ticket, work);
  useKeys("ticket", [
    { id: "back", keys: "Escape", label: t("key.back"), unlisted: true, run: back },
    {
      id: "take",
      keys: "t",
      label: t("key.take"),
      icon: IconUserCheck,
      enabled: acts,
      run: () => work.change({ assignee: "me" }, t("work:done.taken")),
    },
    {
      id: "close",
      keys: "e",
      label: t("key.close"),
      icon: IconCheck,
      enabled: acts,
      run: async () => {
        if (await work.change({ status: "closed" }, t("work:done.closed"))) goOn(ticket.number);
      },
    },
    {
      id: "snooze",
      keys: "h",
      label: t("work:key.snooze"),
      icon: IconClock,
      enabled: acts,
      run: () => (ticket.snoozed_until ? work.wake() : setAsking("snooze")),
      ...(!ticket.snoozed_until && { choices: choices.snooze }),
    },
    {
      id: "follow",
      keys: "f",
      label: t("work:key.follow"),
      icon: IconBell,
      enabled: !ticket.deleted_at,
      run: () => work.follow(!ticket.following),
    },
    {
      id: "tags",
      keys: "l",
      label: t("work:key.tags"),
      icon: IconTag,
      enabled: acts,
      run: () => setAsking("tags"),
    },
    {
      id: "merge",
      keys: "m",
      label: t("work:key.merge"),
      icon: IconSum,
      enabled: acts,
      run: () => setAsking("merge"),
    },
    { id: "link", label: t("work:key.link"), icon: IconLink, enabled: acts, run: () => setAsking("link") },
    { id: "edit", label: t("work:key.edit"), icon: IconPencil, enabled: acts, run: () => setAsking("edit") },
    {
      id: "split",
      label: t("work:key.split"),
      icon: IconMailPlus,
      enabled: acts && ticket.conversations.length > 0,
      run: splitting.begin,
    },
    {
      id: "delete",
      keys: "#",
      label: t("work:key.delete"),
      icon: IconTrash,
      enabled: acts,
      run: () => work.remove(leave),
    },
    {
      id: "spam",
      keys: "!",
      label: t("work:key.spam"),
      icon: IconMailOff,
      enabled: acts && ticket.conversations.length > 0,
      run: () => mark.mutate({ conversations: ticket.conversations.map(({ id }) => id), block: false }),
    },
  ]);
  return (
    <div className={classes.page}>
      <div className={classes.conversation}>
        <TicketHead
          slug={slug}
          ticket={ticket}
          work={work}
          onAsk={setAsking}
          onSplit={splitting.begin}
          onBack={back}
          onLeave={leave}
          onPanel={panel.toggle}
          panelShown={panel.shown}
        />
        <Standing slug={slug} ticket={ticket} work={work} />
        <OnlyOne ticket={ticket} only={only} />
        <ChoosingMessages choosing={splitting.choosing}>
          <WriteContext value={acts && !splitting.choosing ? write : null}>
            <Timeline ticket={ticket} timeline={timeline} only={only.conversation} onAtEnd={setAtEnd} />
          </WriteContext>
        </ChoosingMessages>
        <TypingLine ticketId={ticket.id} />
        {splitting.choosing && <SplitBar choosing={splitting.choosing} work={work} onEnd={splitting.end} />}
        {acts && !splitting.choosing && (
          <TypingContext value={typing}>
            <ComposerDock
              slug={slug}
              ticket={ticket}
              timeline={timeline}
              seen={seen}
              writing={writing}
              onWriting={setWriting}
            />
          </TypingContext>
        )}
      </div>
      <ContactPanel
        slug={slug}
        ticket={ticket}
        as={panel.as}
        shown={panel.shown}
        onClose={panel.toggle}
        onLink={() => setAsking("link")}
      />
      {asking && (
        <Suspense>
          <Dialogs asking={asking} ticket={ticket} work={work} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </div>
  );
}

/** Beside the conversation where there is room (and remembered), else a drawer over it. */
function useContactPanel() {
  const roomy = useMediaQuery("(min-width: 80em)", true, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useLocalStorage({ key: "kanal.contactPanel", defaultValue: true });
  const [drawer, setDrawer] = useState(false);
  return roomy
    ? { as: "side" as const, shown: wanted, toggle: () => setWanted((shown) => !shown) }
    : { as: "drawer" as const, shown: drawer, toggle: () => setDrawer((shown) => !shown) };
}
