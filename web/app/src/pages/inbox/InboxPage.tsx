// A conversations inbox: its lanes and their list, and the conversation that is open beside it.
import { Button, SegmentedControl } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Outlet, useMatchRoute, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { conversationsQuery, type Inbox, inboxesQuery, isLane, type Lane, lanes } from "@/api/inboxes";
import { useKeys } from "@/kit/keys";
import { ReadFailed } from "@/kit/ReadFailed";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { ConversationRow } from "./ConversationRow";
import classes from "./Inbox.module.css";

export function InboxPage() {
  const { t } = useTranslation("inbox");
  const { inboxId } = useParams({ from: "/a/$slug/inbox/$inboxId" });
  const read = useQuery(inboxesQuery());
  const inbox = read.data?.items.find((one) => one.id === inboxId && one.kind === "conversations");
  if (read.isError && !read.data)
    return <ReadFailed title={t("failedRead")} error={read.error} onRetry={() => read.refetch()} />;
  if (read.isPending) return <PageLoading />;
  if (!inbox) return <NotFound />;
  return <OpenInbox key={inbox.id} inbox={inbox} />;
}

function OpenInbox({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation("inbox");
  const { slug } = useParams({ from: "/a/$slug" });
  const { lane = "open" } = useSearch({ from: "/a/$slug/inbox/$inboxId" });
  const { account } = useMe();
  const open = useMatchRoute()({ to: "/a/$slug/inbox/$inboxId/$conversationId" });
  useDocumentTitle(`${inbox.name} · ${account.name}`);
  return (
    <div className={classes.page} data-open={open ? true : undefined}>
      <section className={classes.list} aria-label={t("list", { inbox: inbox.name })}>
        <header className={classes.head}>
          <h1 className={classes.title}>{inbox.name}</h1>
          <Lanes inbox={inbox} lane={lane} />
        </header>
        <List slug={slug} inbox={inbox} lane={lane} openId={open ? open.conversationId : null} />
      </section>
      <div className={classes.beside}>{open ? <Outlet /> : <p className={classes.pick}>{t("pick")}</p>}</div>
    </div>
  );
}

function Lanes({ inbox, lane }: { inbox: Inbox; lane: Lane }) {
  const { t } = useTranslation("inbox");
  const navigate = useNavigate();
  const label = (one: Lane) => {
    const count = one === "closed" ? undefined : inbox.counts?.[one];
    const number = count && (count.capped ? t("capped", { count: count.n }) : count.n);
    return number ? `${t(`lane.${one}`)} ${number}` : t(`lane.${one}`);
  };
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("lane.label")}
      value={lane}
      data={lanes.map((one) => ({ value: one, label: label(one) }))}
      onChange={(chosen) =>
        navigate({ to: ".", search: { lane: isLane(chosen) && chosen !== "open" ? chosen : undefined } })
      }
    />
  );
}

interface ListProps {
  slug: string;
  inbox: Inbox;
  lane: Lane;
  openId: string | null;
}

function List({ slug, inbox, lane, openId }: ListProps) {
  const { t } = useTranslation("inbox");
  const navigate = useNavigate();
  const read = useInfiniteQuery(conversationsQuery(inbox.id, lane));
  const items = read.data?.pages.flatMap((page) => page.items) ?? [];
  const at = items.findIndex((one) => one.id === openId);
  const go = (to: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    if (next)
      navigate({
        to: "/a/$slug/inbox/$inboxId/$conversationId",
        params: { slug, inboxId: inbox.id, conversationId: next.id },
        search: (kept) => kept,
      });
  };
  useKeys("list", [
    { id: "next", keys: "j", label: t("key.next"), run: () => go(at + 1) },
    { id: "previous", keys: "k", label: t("key.previous"), run: () => go(at < 0 ? 0 : at - 1) },
  ]);
  if (read.isPending) return <PageLoading />;
  if (read.isError && !read.data)
    return <ReadFailed title={t("failedRead")} error={read.error} onRetry={() => read.refetch()} />;
  if (items.length === 0)
    return (
      <p className={classes.none} role="status">
        {inbox.channels.length === 0 && lane === "open" ? t("noChannel") : t(`none.${lane}`)}
      </p>
    );
  return (
    <div className={classes.rows}>
      <ul className={classes.items}>
        {items.map((one) => (
          <li key={one.id}>
            <ConversationRow slug={slug} conversation={one} current={one.id === openId} />
          </li>
        ))}
      </ul>
      {read.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          loading={read.isFetchingNextPage}
          onClick={() => read.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
}
