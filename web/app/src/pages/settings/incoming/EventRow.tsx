// One delivery in the log: its fate and why, who sent it, and, unfolded, what the door knew.
import { IconChevronRight } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { replayRawEvent } from "@/api/rawEvents";
import type { RawEvent } from "@/api/types";
import { bytes } from "@/kit/bytes";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { reasonInWords } from "@/pages/forms/submissions/fates";
import { AgainButton, SourceLink } from "../ui/RawTools";
import { inWords } from "../ui/serverWords";
import { EventDetails } from "./EventDetails";
import { isMail, mayReplay, toneOf } from "./fates";
import classes from "./IncomingPage.module.css";

export function EventRow({ event }: { event: RawEvent }) {
  const { t, i18n } = useTranslation("settings");
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <>
      <tr className={classes.row} data-open={open || undefined}>
        <td className={classes.fateCell}>
          <button
            type="button"
            className={classes.unfold}
            aria-expanded={open}
            aria-controls={details}
            aria-label={t("incoming.details")}
            onClick={() => setOpen(!open)}
          >
            <IconChevronRight size={15} stroke={1.8} aria-hidden="true" />
          </button>
          <Fate event={event} />
        </td>
        <td className={classes.from}>
          {event.envelope.mail_from || t(isMail(event) ? "incoming.noSender" : "incoming.notMail")}
        </td>
        <td className={classes.channel}>{event.channel.name}</td>
        <td className={classes.number} data-label={t("incoming.size")}>
          {bytes(event.size, i18n.language)}
        </td>
        <td className={classes.number}>
          <Time at={event.received_at} as="clock" />
        </td>
        <td className={classes.tools}>
          <Tools event={event} />
        </td>
      </tr>
      {open && (
        <tr id={details} className={classes.details}>
          <td colSpan={6}>
            <EventDetails event={event} />
          </td>
        </tr>
      )}
    </>
  );
}

function Fate({ event }: { event: RawEvent }) {
  const { t } = useTranslation(["settings", "submissions"]);
  const { slug } = useParams({ from: "/a/$slug" });
  const { state, reason, ticket, conversation, next_try_at } = event.fate;
  return (
    <span className={classes.fate}>
      <span className={classes.tag} data-tone={toneOf(state)}>
        {t(`fate.${state}`, { defaultValue: state })}
      </span>
      {ticket && (
        <Link
          to="/a/$slug/tickets/$number"
          params={{ slug, number: String(ticket.number) }}
          className={classes.ticket}
        >
          #{ticket.number}
        </Link>
      )}
      {conversation && (
        <Link
          to="/a/$slug/inbox/$inboxId/$conversationId"
          params={{ slug, inboxId: conversation.inbox.id, conversationId: conversation.id }}
          className={classes.ticket}
        >
          {conversation.inbox.name}
        </Link>
      )}
      {reason && <span className={classes.reason}>{reasonInWords(reason, t)}</span>}
      {next_try_at && (
        <span className={classes.reason}>
          {t("incoming.nextTry")} <Time at={next_try_at} as="clock" />
        </span>
      )}
    </span>
  );
}

function Tools({ event }: { event: RawEvent }) {
  const { t } = useTranslation("settings");
  const { can } = useMe();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => replayRawEvent(event.id),
    onSuccess: () => toast(t("incoming.replayed")),
    onError: (error) => {
      const why = error instanceof Problem ? error.body.detail : null;
      if (why) toast(t("incoming.notReplayed", { why: inWords(String(why), t) }));
      else toastError(error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("raw-events") }),
  });
  if (!can.see_raw) return null;
  return (
    <>
      {mayReplay(event) && (
        <AgainButton label={t("incoming.replay")} busy={replay.isPending} onClick={() => replay.mutate()} />
      )}
      <SourceLink rawEventId={event.id} />
    </>
  );
}
