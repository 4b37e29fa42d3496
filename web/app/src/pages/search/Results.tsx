// What was found, one line a ticket with the words around the hit; arrows, J and K walk through it.

import { useMergedRef } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type Ref, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Found } from "@/api/search";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { useKeys } from "@/kit/keys";
import { PersonFace } from "@/kit/PersonFace";
import { StatusBadge } from "@/kit/StatusBadge";
import { Time } from "@/kit/Time";
import classes from "./Results.module.css";

interface Props {
  ref: Ref<HTMLUListElement>;
  slug: string;
  q: string;
  found: Found[];
  /** Of what was typed before. */
  stale: boolean;
  onOpen: () => void;
  /** Up from the first. */
  onUp: () => void;
}

export function Results({ ref, slug, q, found, stale, onOpen, onUp }: Props) {
  const { t } = useTranslation("search");
  const list = useRef<HTMLUListElement>(null);
  const step = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement) + by;
    if (at < 0) onUp();
    links[Math.min(at, links.length - 1)]?.focus();
  };
  const here = found.length > 0;
  useKeys("list", [
    {
      id: "down",
      keys: "j",
      label: t("key.down"),
      unlisted: true,
      repeats: true,
      enabled: here,
      run: () => step(1),
    },
    {
      id: "up",
      keys: "k",
      label: t("key.up"),
      unlisted: true,
      repeats: true,
      enabled: here,
      run: () => step(-1),
    },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  };
  return (
    <ul
      ref={useMergedRef(ref, list)}
      className={classes.list}
      data-stale={stale || undefined}
      onKeyDown={onKeyDown}
      aria-label={t("results")}
    >
      {found.map((one) => (
        <li key={one.ticket.id}>
          <Result slug={slug} q={q} found={one} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function Result({ slug, q, found, onOpen }: { slug: string; q: string; found: Found; onOpen: () => void }) {
  const { t } = useTranslation("search");
  const { ticket, hit } = found;
  return (
    <Link
      to="/a/$slug/tickets/$number"
      params={{ slug, number: String(ticket.number) }}
      search={{ ...(hit.message_id && { at: hit.message_id }) }}
      state={{ search: q }}
      className={classes.row}
      onClick={onOpen}
    >
      <span className={classes.head}>
        <span className={classes.subject}>{ticket.subject || t("noSubject")}</span>
        <span className={classes.number}>#{ticket.number}</span>
        <Time at={hit.at} className={classes.time} />
      </span>
      <span className={classes.snippet}>
        <span className={classes.place}>{t(`place.${hit.in}`)}</span>
        {hit.snippet.map((piece, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name and never move
          piece.mark ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
        )}
      </span>
      <span className={classes.foot}>
        <StatusBadge status={ticket.status} />
        {ticket.contact && <span>{ticket.contact.name || ticket.contact.email}</span>}
        {ticket.channel && (
          <span className={classes.channel}>
            <ChannelIcon kind={ticket.channel.kind} />
            {ticket.channel.name}
          </span>
        )}
        {ticket.assignee && (
          <span className={classes.channel}>
            <PersonFace person={ticket.assignee} size={18} tooltip={false} spoken={false} />
            {ticket.assignee.name}
          </span>
        )}
      </span>
    </Link>
  );
}
