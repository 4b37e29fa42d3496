// Everything between a contact and us, day by day, newest first; all of it, or one sort of things.
import { Button } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type ContactEvent, contactTimelineQuery } from "@/api/contactTimeline";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { dateLocale } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import { PageLoading } from "@/shell/PageLoading";
import { byDay, dayName } from "./days";
import { EventItem } from "./EventItem";
import { type ShownKind, shownKinds } from "./kinds";
import classes from "./Timeline.module.css";

export function Timeline({ slug, contactId }: { slug: string; contactId: string }) {
  const { t } = useTranslation("contact");
  const { kind } = useSearch({ from: "/a/$slug/contacts/$contactId" });
  const timeline = useInfiniteQuery(contactTimelineQuery(contactId, kind));
  const events = useMemo(() => timeline.data?.pages.flatMap((page) => page.items) ?? [], [timeline.data]);
  return (
    <section className={classes.timeline} aria-label={t("timeline.title")}>
      <Kinds kind={kind} />
      {timeline.isPending && <PageLoading />}
      {timeline.error && !timeline.data && <Note tone="bad">{explain(timeline.error, t)}</Note>}
      {timeline.data && events.length === 0 && (
        <p className={classes.none}>{t(`timeline.none.${kind ?? "all"}`)}</p>
      )}
      <Days slug={slug} events={events} />
      {timeline.hasNextPage && (
        <More
          loading={timeline.isFetchingNextPage}
          busy={timeline.isFetching}
          failed={timeline.isFetchNextPageError}
          onMore={timeline.fetchNextPage}
        />
      )}
    </section>
  );
}

function Kinds({ kind }: { kind: ShownKind | undefined }) {
  const { t } = useTranslation("contact");
  const chip = (one: ShownKind | undefined) => (
    <Link
      key={one ?? "all"}
      from="/a/$slug/contacts/$contactId"
      to="."
      search={{ kind: one }}
      replace
      className={classes.chip}
      data-on={kind === one || undefined}
      aria-current={kind === one ? "true" : undefined}
      activeProps={{}}
    >
      {t(`timeline.kind.${one ?? "all"}`)}
    </Link>
  );
  return (
    <nav className={classes.kinds} aria-label={t("timeline.filter")}>
      {chip(undefined)}
      {shownKinds.map(chip)}
    </nav>
  );
}

function Days({ slug, events }: { slug: string; events: ContactEvent[] }) {
  const { t, i18n } = useTranslation("contact");
  const now = useNow();
  const words = { today: t("common:time.today"), yesterday: t("common:time.yesterday") };
  return byDay(events).map((day) => (
    <section key={day.at.toDateString()} className={classes.day}>
      <h2 className={classes.dayName}>{dayName(day.at, now, dateLocale(i18n.language), words)}</h2>
      <ol className={classes.items}>
        {day.items.map((event) => (
          <EventItem key={keyOf(event)} slug={slug} event={event} />
        ))}
      </ol>
    </section>
  ));
}

function keyOf(event: ContactEvent): string {
  switch (event.kind) {
    case "submission":
      return event.submission.id;
    case "message":
      return event.id;
    case "ticket":
      return `${event.ticket.id} ${event.what}`;
    default:
      return event.kind;
  }
}

interface MoreProps {
  loading: boolean;
  /** Also while what is shown is read anew, which reading on would call off. */
  busy: boolean;
  failed: boolean;
  onMore: () => void;
}

/** Older things are read when one comes near; after a failure only when asked for. */
function More({ loading, busy, failed, onMore }: MoreProps) {
  const { t } = useTranslation("contact");
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const near = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (near && !busy && !failed) onMore();
  }, [near, busy, failed, onMore]);
  return (
    <div ref={ref} className={classes.more}>
      <Button variant="default" size="xs" loading={loading} onClick={() => onMore()}>
        {t("timeline.more")}
      </Button>
    </div>
  );
}
