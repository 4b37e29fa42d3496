// What is behind the bell: the notices, one entry for each ticket, and the place to ask for desktop notices. Fetched when
// first opened.
import {
  ActionIcon,
  Button,
  FocusTrap,
  ScrollArea,
  SegmentedControl,
  Text,
  UnstyledButton,
} from "@mantine/core";
import {
  IconAddressBook,
  IconAlertTriangle,
  IconArrowBackUp,
  IconAt,
  IconBell,
  IconChecks,
  IconClockHour4,
  IconEye,
  IconHourglass,
  IconMail,
  IconMailOpened,
  IconMessage2,
  IconPlugConnectedX,
  IconUserCheck,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type NoticeFilter, noticePagesQuery } from "@/api/notices";
import { Time } from "@/kit/Time";
import { DesktopNotices } from "./DesktopNotices";
import classes from "./NoticeBell.module.css";
import { aboutOf, grouped, newsOf, type Told, wayOf } from "./notices";
import { useMarkNotices } from "./useMarkNotices";

const icons = {
  assigned: IconUserCheck,
  customer_answered: IconMessage2,
  mentioned: IconAt,
  followed_activity: IconEye,
  snooze_over: IconClockHour4,
  returned: IconArrowBackUp,
  waiting_too_long: IconHourglass,
  contact_owner: IconAddressBook,
  reply_failed: IconAlertTriangle,
  bulk_done: IconChecks,
  channel_attention: IconPlugConnectedX,
};
const filters: NoticeFilter[] = ["all", "unread", "mentions"];
const names = { all: "all", unread: "onlyUnread", mentions: "mentions" } as const;
const nothing = { all: "none", unread: "noneUnread", mentions: "noneMentions" } as const;

export function NoticeList({ slug, onOpen }: { slug: string; onOpen: () => void }) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const [filter, setFilter] = useState<NoticeFilter>("all");
  const notices = useInfiniteQuery(noticePagesQuery(filter));
  const { markRead, markUnread } = useMarkNotices();
  const told = grouped(notices.data?.pages.flatMap((page) => page.items) ?? []);

  const open = (one: Told) => {
    if (one.unread) markRead({ ids: one.ids });
    onOpen();
    const way = wayOf(slug, one.newest);
    if (way) navigate(way);
  };
  return (
    <FocusTrap>
      <section aria-label={t("notices.title")}>
        <header className={classes.head}>
          <Text fw={600}>{t("notices.title")}</Text>
          {told.some((one) => one.unread) && (
            <Button variant="subtle" size="compact-xs" onClick={() => markRead({ all: true })}>
              {t("notices.readAll")}
            </Button>
          )}
        </header>
        <SegmentedControl
          className={classes.filter}
          size="xs"
          fullWidth
          aria-label={t("notices.filter")}
          value={filter}
          onChange={(value) => setFilter(value as NoticeFilter)}
          data={filters.map((value) => ({ value, label: t(`notices.${names[value]}`) }))}
        />
        <DesktopNotices />
        {notices.isSuccess && told.length === 0 && (
          <Text c="dimmed" fz="sm" p="md" pt="xs" role="status">
            {t(`notices.${nothing[filter]}`)}
          </Text>
        )}
        <ScrollArea.Autosize mah={420} viewportProps={{ tabIndex: 0, "aria-label": t("notices.title") }}>
          <ul className={classes.list}>
            {told.map((one) => (
              <li key={one.newest.id} className={classes.entry}>
                <NoticeRow told={one} onClick={() => open(one)} />
                <Mark
                  told={one}
                  onRead={() => markRead({ ids: one.ids })}
                  onUnread={() => markUnread([one.newest.id])}
                />
              </li>
            ))}
          </ul>
          {notices.hasNextPage && (
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              fullWidth
              loading={notices.isFetchingNextPage}
              onClick={() => notices.fetchNextPage()}
            >
              {t("notices.older")}
            </Button>
          )}
        </ScrollArea.Autosize>
      </section>
    </FocusTrap>
  );
}

function NoticeRow({ told, onClick }: { told: Told; onClick: () => void }) {
  const { t } = useTranslation("shell");
  const { newest, ids, unread } = told;
  const Icon = icons[newest.kind] ?? IconBell;
  const about = aboutOf(newest);
  return (
    <UnstyledButton className={classes.row} data-unread={unread || undefined} onClick={onClick}>
      <Icon size={17} stroke={1.6} className={classes.icon} data-kind={newest.kind} aria-hidden="true" />
      <span className={classes.text}>
        <span className={classes.what}>
          {t(`notices.kind.${newsOf(newest)}`, {
            who: newest.actor?.name ?? t("notices.someone"),
            done: newest.bulk?.done,
            total: newest.bulk?.total,
          })}
        </span>
        {about && <span className={classes.subject}>{about}</span>}
        {ids.length > 1 && <span className={classes.times}>{t("notices.times", { count: ids.length })}</span>}
      </span>
      <Time at={newest.at} className={classes.time} />
    </UnstyledButton>
  );
}

function Mark({ told, onRead, onUnread }: { told: Told; onRead: () => void; onUnread: () => void }) {
  const { t } = useTranslation("shell");
  const name = t(told.unread ? "notices.markRead" : "notices.markUnread");
  const Icon = told.unread ? IconMailOpened : IconMail;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={26}
      className={classes.mark}
      aria-label={`${name}: ${aboutOf(told.newest) ?? ""}`}
      title={name}
      onClick={told.unread ? onRead : onUnread}
    >
      <Icon size={15} stroke={1.6} />
    </ActionIcon>
  );
}
