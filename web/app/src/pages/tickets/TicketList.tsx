// The tickets of one view as rows or as a table, kept steady while they change under the reader.

import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Ticket } from "@/api/types";
import type { View } from "@/api/views";
import { useFetchedAhead } from "./ahead";
import { EmptyList } from "./EmptyList";
import { FailedList } from "./FailedList";
import { ListHead } from "./head/ListHead";
import { ListSkeleton } from "./ListSkeleton";
import { tellNeighbours } from "./neighbours";
import { Rows } from "./rows/Rows";
import { BulkBar } from "./selection/BulkBar";
import { useSelecting } from "./selection/useSelection";
import classes from "./TicketList.module.css";
import { useTicketList } from "./useTicketList";
import { useViewName } from "./views";

const Table = lazy(() => import("./table/Table").then((module) => ({ default: module.Table })));
const BrokenView = lazy(() => import("./BrokenView").then((module) => ({ default: module.BrokenView })));

interface Props {
  slug: string;
  view: View;
  pipeline?: string;
  openNumber: string | null;
  layout: View["layout"];
}

export function TicketList(props: Props) {
  const { view, openNumber } = props;
  const viewName = useViewName();
  return (
    <section
      className={classes.list}
      aria-label={viewName(view)}
      data-beside={openNumber !== null || undefined}
    >
      {view.problems.length > 0 ? <Broken {...props} /> : <Listed {...props} />}
    </section>
  );
}

function Broken({ slug, view }: Props) {
  return (
    <>
      <ListHead slug={slug} view={view} />
      <Suspense fallback={<ListSkeleton />}>
        <BrokenView view={view} />
      </Suspense>
    </>
  );
}

function Listed({ slug, view, pipeline, openNumber, layout }: Props) {
  const { t } = useTranslation("tickets");
  const navigate = useNavigate();
  const { can } = useMe();
  const list = useTicketList({ view: view.key, sort: view.sort, pipeline });
  const { tickets } = list;
  const [wanted, setWanted] = useState("");
  const findField = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => tickets.filter((ticket) => matches(ticket, wanted)), [tickets, wanted]);
  const { listed } = useSelecting();
  useEffect(() => {
    listed.current = shown;
    tellNeighbours(shown.map(({ number }) => number));
  }, [listed, shown]);
  useFetchedAhead(shown, openNumber);

  const goTo = (number: string) =>
    navigate({
      to: "/a/$slug/tickets/$number",
      params: { slug, number },
      search: (now) => ({ ...now, view: view.key }),
    });
  const inRows = { slug, view: view.key, list, tickets: shown, openNumber, mayChoose: can.answer };
  return (
    <>
      <ListHead
        slug={slug}
        view={view}
        find={{ wanted, onWanted: setWanted, onNumber: goTo, field: findField }}
        refreshing={list.refreshing}
      />
      {list.pending && <ListSkeleton />}
      {list.error && <FailedList error={list.error} onRetry={list.retry} />}
      {!list.pending && !list.error && tickets.length === 0 && !pipeline && (
        <EmptyList slug={slug} view={view} />
      )}
      {!list.pending && !list.error && tickets.length === 0 && pipeline && (
        <p className={classes.nothing}>{t("pipeline.none")}</p>
      )}
      {tickets.length > 0 && shown.length === 0 && (
        <p className={classes.nothing}>{t("find.none", { wanted })}</p>
      )}
      {shown.length > 0 && layout === "table" && (
        <Suspense fallback={<ListSkeleton />}>
          <Table {...inRows} look={view} />
        </Suspense>
      )}
      {shown.length > 0 && layout !== "table" && <Rows {...inRows} />}
      <BulkBar view={view} pipeline={pipeline} />
    </>
  );
}

function matches(ticket: Ticket, wanted: string): boolean {
  const words = wanted.toLocaleLowerCase().replace(/^#/, "").split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text =
    `${ticket.number} ${ticket.subject} ${ticket.contact?.name ?? ""} ${ticket.contact?.email ?? ""} ${ticket.snippet}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}
