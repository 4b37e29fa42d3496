// The list of one view: keyset pages in a virtual list, kept steady while it changes under the reader.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ticketsQuery } from "@/api/tickets";
import type { Ticket } from "@/api/types";
import { EmptyList } from "./EmptyList";
import { FailedList } from "./FailedList";
import { ListHead } from "./ListHead";
import { ListSkeleton } from "./ListSkeleton";
import { Rows } from "./Rows";
import classes from "./TicketList.module.css";
import { type ViewName, viewFilters } from "./views";

interface Props {
  slug: string;
  view: ViewName;
  pipeline?: string;
  openNumber: string | null;
}

export function TicketList({ slug, view, pipeline, openNumber }: Props) {
  const { t } = useTranslation("tickets");
  const navigate = useNavigate();
  const list = useInfiniteQuery(ticketsQuery({ ...viewFilters[view], pipeline }));
  const [wanted, setWanted] = useState("");
  const findField = useRef<HTMLInputElement>(null);
  const tickets = useMemo(() => unique(list.data?.pages.flatMap((page) => page.items) ?? []), [list.data]);
  const shown = useMemo(() => tickets.filter((ticket) => matches(ticket, wanted)), [tickets, wanted]);

  const goTo = (number: string) =>
    navigate({ to: "/a/$slug/tickets/$number", params: { slug, number }, search: { view } });
  return (
    <section className={classes.list} aria-label={t(`view.${view}`)}>
      <ListHead
        slug={slug}
        view={view}
        wanted={wanted}
        onWanted={setWanted}
        onNumber={goTo}
        field={findField}
        refreshing={list.isRefetching}
      />
      {list.isPending && <ListSkeleton />}
      {list.isError && !list.data && <FailedList error={list.error} onRetry={() => list.refetch()} />}
      {list.data && tickets.length === 0 && !pipeline && <EmptyList slug={slug} view={view} />}
      {list.data && tickets.length === 0 && pipeline && (
        <p className={classes.nothing}>{t("pipeline.none")}</p>
      )}
      {tickets.length > 0 && shown.length === 0 && (
        <p className={classes.nothing}>{t("find.none", { wanted })}</p>
      )}
      {shown.length > 0 && (
        <Rows
          slug={slug}
          view={view}
          tickets={shown}
          openNumber={openNumber}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
          onFind={() => findField.current?.focus()}
        />
      )}
    </section>
  );
}

/** A ticket that moved between two pages while they were read stands once, at its newer place. */
function unique(tickets: Ticket[]): Ticket[] {
  const seen = new Set<string>();
  return tickets.filter((ticket) => !seen.has(ticket.id) && seen.add(ticket.id));
}

function matches(ticket: Ticket, wanted: string): boolean {
  const words = wanted.toLocaleLowerCase().replace(/^#/, "").split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text =
    `${ticket.number} ${ticket.subject} ${ticket.contact?.name ?? ""} ${ticket.contact?.email ?? ""} ${ticket.snippet}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}
