// One ticket: its head, what was said and done, the place to answer, and the contact beside it.
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { IconCheck, IconUserCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { ticketQuery } from "@/api/tickets";
import type { TicketDetail } from "@/api/types";
import { useKeys } from "@/kit/keys";
import { ReadFailed } from "@/kit/ReadFailed";
import { useGoOn } from "@/pages/tickets/afterClosing";
import { NotFound } from "@/shell/NotFound";
import { ContactPanel } from "./ContactPanel";
import { ComposerDock } from "./composer/ComposerDock";
import { useSeenVersion } from "./composer/useSeenVersion";
import { type Write, WriteContext, type Writing } from "./composer/writing";
import { TicketHead } from "./TicketHead";
import { TicketIsSpam } from "./TicketIsSpam";
import classes from "./TicketPage.module.css";
import { TicketSkeleton } from "./TicketSkeleton";
import { Timeline } from "./timeline/Timeline";
import { useTimeline } from "./timeline/useTimeline";
import { useChangeTicket } from "./useChangeTicket";

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
  return <OpenTicket key={ticket.data.id} ticket={ticket.data} />;
}

function OpenTicket({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation("ticket");
  const { slug } = useParams({ from: "/a/$slug" });
  const { view } = useSearch({ from: "/a/$slug/tickets" });
  const navigate = useNavigate();
  const me = useMe();
  const change = useChangeTicket(ticket);
  const goOn = useGoOn();
  const timeline = useTimeline(ticket);
  const [atEnd, setAtEnd] = useState(true);
  const seen = useSeenVersion(timeline.version, atEnd);
  const panel = useContactPanel();
  const [writing, setWriting] = useState<Writing | null>(null);
  const write: Write = useCallback((mode, about = null) => setWriting({ mode, about, focus: true }), []);

  const back = () => navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view } });
  useKeys("ticket", [
    { id: "back", keys: "Escape", label: t("key.back"), unlisted: true, run: back },
    {
      id: "take",
      keys: "t",
      label: t("key.take"),
      icon: IconUserCheck,
      enabled: me.can.answer,
      run: () => change.mutate({ assignee: "me" }),
    },
    {
      id: "close",
      keys: "e",
      label: t("key.close"),
      icon: IconCheck,
      enabled: me.can.answer,
      run: () => change.mutate({ status: "closed" }, { onSuccess: () => goOn(ticket.number) }),
    },
  ]);
  return (
    <div className={classes.page}>
      <div className={classes.conversation}>
        <TicketHead ticket={ticket} onBack={back} onPanel={panel.toggle} panelShown={panel.shown} />
        <WriteContext value={me.can.answer ? write : null}>
          <Timeline ticket={ticket} timeline={timeline} onAtEnd={setAtEnd} />
        </WriteContext>
        {me.can.answer && (
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
      <ContactPanel slug={slug} ticket={ticket} as={panel.as} shown={panel.shown} onClose={panel.toggle} />
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
