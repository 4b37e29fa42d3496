// What is behind the bell: the notices, and the place to ask for desktop notices. Fetched when first opened.
import { Button, FocusTrap, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import {
  IconAddressBook,
  IconAlertTriangle,
  IconArrowBackUp,
  IconBell,
  IconHourglass,
  IconMessage2,
  IconPlugConnectedX,
  IconUserCheck,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { noticesQuery, readNotices } from "@/api/notices";
import type { Me, Notice, Page } from "@/api/types";
import { Time } from "@/kit/Time";
import { toastError } from "@/kit/toast";
import { DesktopNotices } from "./DesktopNotices";
import classes from "./NoticeBell.module.css";
import { newsOf, wayOf } from "./notices";

const icons = {
  assigned: IconUserCheck,
  customer_answered: IconMessage2,
  returned: IconArrowBackUp,
  waiting_too_long: IconHourglass,
  contact_owner: IconAddressBook,
  reply_failed: IconAlertTriangle,
  channel_attention: IconPlugConnectedX,
};

export function NoticeList({ slug, onOpen }: { slug: string; onOpen: () => void }) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const notices = useQuery(noticesQuery());
  const read = useReadNotices();
  const items = notices.data?.items ?? [];

  const open = (notice: Notice) => {
    if (!notice.read) read.mutate({ ids: [notice.id] });
    onOpen();
    const way = wayOf(slug, notice);
    if (way) navigate(way);
  };
  return (
    <FocusTrap>
      <section aria-label={t("notices.title")}>
        <header className={classes.head}>
          <Text fw={600}>{t("notices.title")}</Text>
          {items.some((notice) => !notice.read) && (
            <Button variant="subtle" size="compact-xs" onClick={() => read.mutate({ all: true })}>
              {t("notices.readAll")}
            </Button>
          )}
        </header>
        <DesktopNotices />
        {notices.isSuccess && items.length === 0 && (
          <Text c="dimmed" fz="sm" p="md" pt="xs">
            {t("notices.none")}
          </Text>
        )}
        <ScrollArea.Autosize mah={420}>
          <ul className={classes.list}>
            {items.map((notice) => (
              <li key={notice.id}>
                <NoticeRow notice={notice} onClick={() => open(notice)} />
              </li>
            ))}
          </ul>
        </ScrollArea.Autosize>
      </section>
    </FocusTrap>
  );
}

function NoticeRow({ notice, onClick }: { notice: Notice; onClick: () => void }) {
  const { t } = useTranslation("shell");
  const Icon = icons[notice.kind] ?? IconBell;
  return (
    <UnstyledButton className={classes.row} data-unread={!notice.read || undefined} onClick={onClick}>
      <Icon size={17} stroke={1.6} className={classes.icon} data-kind={notice.kind} aria-hidden="true" />
      <span className={classes.text}>
        <span className={classes.what}>
          {t(`notices.kind.${newsOf(notice)}`, { who: notice.actor?.name ?? t("notices.someone") })}
        </span>
        {notice.ticket && (
          <span className={classes.subject}>
            <span className="k-tabular">#{notice.ticket.number}</span> {notice.ticket.subject}
          </span>
        )}
        {notice.channel && <span className={classes.subject}>{notice.channel.name}</span>}
      </span>
      <Time at={notice.at} className={classes.time} />
    </UnstyledButton>
  );
}

/** Shown as read at once; the server's word follows. */
function useReadNotices() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: readNotices,
    onMutate: (which) => {
      const isRead = (notice: Notice) => notice.read || "all" in which || which.ids.includes(notice.id);
      const cached = queryClient.getQueryData<Page<Notice>>(noticesQuery().queryKey);
      const items = cached?.items.map((notice) => ({ ...notice, read: isRead(notice) })) ?? [];
      if (cached) queryClient.setQueryData<Page<Notice>>(noticesQuery().queryKey, { ...cached, items });
      queryClient.setQueryData<Me>(
        accountKey("me"),
        (me) => me && { ...me, unread_notices: items.filter((notice) => !notice.read).length },
      );
    },
    onError: toastError,
    onSettled: () => {
      queryClient.invalidateQueries({ queryKey: accountKey("notices") });
      queryClient.invalidateQueries({ queryKey: accountKey("me") });
    },
  });
}
