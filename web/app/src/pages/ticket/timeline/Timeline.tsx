// The conversation: messages, comments and events in the order they happened.
import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { TicketDetail, TimelineItem } from "@/api/types";
import { explain } from "@/kit/explain";
import { SplitTick } from "../work/splitting";
import { CommentCard } from "./CommentCard";
import { EventLine } from "./EventLine";
import { isOurMachine, MessageCard } from "./MessageCard";
import classes from "./Timeline.module.css";
import { countNew, useSeen } from "./useSeen";
import { useShowAsked } from "./useShowAsked";
import { useSteadyTop } from "./useSteadyTop";
import { useStickToEnd } from "./useStickToEnd";
import type { TimelineRead } from "./useTimeline";

/** So near to the beginning, what is earlier is fetched. */
const nearTop = 240;

interface Props {
  ticket: TicketDetail;
  timeline: TimelineRead;
  /** Of this conversation alone, with what was remarked and done beside it. */
  only?: string | null;
  onAtEnd: (atEnd: boolean) => void;
}

export function Timeline({ ticket, timeline, only = null, onAtEnd }: Props) {
  const { t } = useTranslation("ticket");
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const items = useMemo(() => narrowed(timeline.items, only), [timeline.items, only]);
  const firstNew = useSeen(ticket, timeline.items, timeline.seenAt);
  const { member_id } = useMe();
  const news = countNew(items, firstNew, member_id);
  const { atEnd, toEnd, onScroll, release } = useStickToEnd(scroller, content);
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  useFollowOwn(items, toEnd);
  useSteadyTop(scroller, items[0]?.id);
  const folded = useMemo(() => oldMessages(items, firstNew), [items, firstNew]);
  const description = unsaid(ticket.description, items);

  const asked = useShowAsked(scroller, timeline, release);

  useEffect(() => {
    if (asked) return;
    const divider = firstNew && scroller.current?.querySelector("[data-divider]");
    if (!divider) return;
    release();
    divider.scrollIntoView({ block: "start" });
  }, [asked, firstNew, release]);
  const { more, loading: readsOlder, load: loadOlder } = timeline.older;
  const onScrolled = () => {
    onScroll();
    if ((scroller.current?.scrollTop ?? nearTop) < nearTop && more && !readsOlder) loadOlder();
  };

  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        className={classes.scroller}
        onScroll={onScrolled}
        aria-label={t("conversation")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        tabIndex={0}
      >
        <div ref={content} className={classes.content}>
          {timeline.loading && <TimelineSkeleton />}
          {timeline.error && <TimelineFailed error={timeline.error} onRetry={timeline.retry} />}
          {timeline.older.more && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={timeline.older.loading}
              onClick={timeline.older.load}
            >
              {t("older")}
            </Button>
          )}
          {description && <p className={classes.description}>{description}</p>}
          <ol className={classes.items}>
            {items.map((item) => (
              <Fragment key={item.id}>
                {item.id === firstNew && (
                  <li className={classes.divider} data-divider>
                    <span>{t("newSince", { count: news })}</span>
                  </li>
                )}
                <li
                  data-item={item.type}
                  data-id={item.id}
                  data-asked={item.id === asked || undefined}
                  tabIndex={item.id === asked ? -1 : undefined}
                >
                  {item.type === "message" && <SplitTick message={item} />}
                  <Item item={item} folded={item.id !== asked && folded.has(item.id)} ticket={ticket} />
                </li>
              </Fragment>
            ))}
          </ol>
          <Announcer items={timeline.items} />
        </div>
      </section>
      {!atEnd && (
        <button
          type="button"
          className={classes.toEnd}
          onClick={() => toEnd("smooth")}
          aria-label={t("toEnd")}
        >
          <IconArrowDown size={16} stroke={1.8} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

/** Says to those who listen what has come in, as it comes. */
function Announcer({ items }: { items: TimelineItem[] }) {
  const { t } = useTranslation("ticket");
  const { member_id } = useMe();
  const known = useRef<string | null>(null);
  const [words, setWords] = useState("");
  const last = items[items.length - 1];
  useEffect(() => {
    if (!last) return;
    const isFirst = known.current === null;
    if (isFirst || last.at <= (known.current ?? "")) {
      known.current ??= last.at;
      return;
    }
    known.current = last.at;
    if (last.type === "message" && last.from.member_id !== member_id)
      setWords(t("came.message", { who: last.from.name || last.from.address }));
    if (last.type === "comment" && last.author?.member_id !== member_id)
      setWords(t("came.comment", { who: last.author?.name ?? t("someone") }));
  }, [last, member_id, t]);
  return (
    <div className="k-hidden" role="log" aria-live="polite">
      {words}
    </div>
  );
}

/** What I send myself I want to see standing there. */
function useFollowOwn(items: TimelineItem[], toEnd: () => void): void {
  const { member_id } = useMe();
  const last = items[items.length - 1];
  const known = useRef<string | undefined>(undefined);
  useEffect(() => {
    const own =
      last?.type === "comment" ? last.author?.member_id : last?.type === "message" && last.from.member_id;
    if (known.current && last?.id !== known.current && own === member_id) toEnd();
    known.current = last?.id;
  }, [last, member_id, toEnd]);
}

function Item({ item, folded, ticket }: { item: TimelineItem; folded: boolean; ticket: TicketDetail }) {
  if (item.type === "message") return <MessageCard message={item} ticket={ticket} folded={folded} />;
  if (item.type === "comment") return <CommentCard comment={item} />;
  return <EventLine event={item} />;
}

const narrowed = (items: TimelineItem[], only: string | null) =>
  only ? items.filter((item) => item.type !== "message" || item.conversation_id === only) : items;

/** A description that is what a message says stands there. */
export function unsaid(description: string, items: TimelineItem[]): string {
  const text = description.trim();
  return items.some((item) => item.type === "message" && item.text.trim() === text) ? "" : text;
}

const keptOpen = 4;

/** Long conversations open with the older messages as one line each; a confirmation is a line from the start. */
export function oldMessages(items: TimelineItem[], firstNew: string | null): ReadonlySet<string> {
  const messages = items.filter((item) => item.type === "message");
  const news = messages.findIndex((message) => message.id === firstNew);
  const until = Math.min(messages.length - keptOpen, news < 0 ? messages.length : news);
  const old = messages.slice(0, Math.max(0, until));
  const ours = messages.filter((message) => message.type === "message" && isOurMachine(message));
  return new Set([...old, ...ours].filter((message) => !needsSomeone(message)).map((message) => message.id));
}

const needsSomeone = (item: TimelineItem) =>
  item.type === "message" &&
  !!item.delivery &&
  ["failed", "unknown", "bounced"].includes(item.delivery.state);

function TimelineSkeleton() {
  return (
    <Stack gap={18} aria-hidden="true">
      <Skeleton height={120} />
      <Skeleton height={80} width="88%" ml="auto" />
    </Stack>
  );
}

function TimelineFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation("ticket");
  return (
    <Stack gap={6} align="center" py="xl" role="alert">
      <Text c="dimmed" fz="sm">
        {explain(error, t)}
      </Text>
      <Button variant="default" onClick={onRetry}>
        {t("common:retry")}
      </Button>
    </Stack>
  );
}
