// A new notice for me: a toast here, and a desktop notice when the tab is not in sight.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createElement, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { noticesQuery } from "@/api/notices";
import type { LiveEvent, Notice } from "@/api/types";
import { hideNote, showNote } from "@/kit/notes";
import { closable } from "@/kit/toast";
import { NoticeToast } from "@/shell/NoticeToast";
import { aboutOf, newsOf, wayOf } from "@/shell/notices";

export function useNoticeAlerts(slug: string): (events: LiveEvent[]) => void {
  const { t } = useTranslation("shell");
  const { member_id } = useMe();
  const queryClient = useQueryClient();
  const navigate = useNavigate();

  return useCallback(
    async (events) => {
      const mine = noticesFor(member_id, events);
      if (mine.length === 0) return;
      const wanted = onDesktop(mine);
      const open = (notice: Notice) => {
        const way = wayOf(slug, notice);
        if (way) navigate(way);
      };
      const { items } = await queryClient.fetchQuery({ ...noticesQuery(), staleTime: 0 });
      for (const notice of newest(items, mine.length)) {
        const title = t(`notices.kind.${newsOf(notice)}`, {
          who: notice.actor?.name ?? t("notices.someone"),
        });
        showToast(notice, title, () => open(notice));
        if (wanted.has(notice.id)) showOnDesktop(notice, title, () => open(notice));
      }
    },
    [member_id, queryClient, navigate, slug, t],
  );
}

export function noticesFor(memberId: string, events: LiveEvent[]): LiveEvent[] {
  return events.filter((event) => event.name === "notice.created" && event.data.member_id === memberId);
}

/** The notices that the member wants on the desktop too. */
export function onDesktop(events: LiveEvent[]): Set<unknown> {
  return new Set(events.filter((event) => event.data.desktop).map((event) => event.data.notice_id));
}

/** At most three: after a night away the bell's number says enough. */
function newest(items: Notice[], count: number): Notice[] {
  return items.filter((notice) => !notice.read).slice(0, Math.min(count, 3));
}

function showToast(notice: Notice, title: string, open: () => void): void {
  const id = `notice-${notice.id}`;
  const onOpen = () => {
    hideNote(id);
    open();
  };
  showNote({
    id,
    title,
    withBorder: true,
    ...closable(),
    message: createElement(NoticeToast, { notice, onOpen }),
  });
}

function showOnDesktop(notice: Notice, title: string, open: () => void): void {
  if (!("Notification" in window) || Notification.permission !== "granted" || !document.hidden) return;
  const shown = new Notification(title, {
    body: aboutOf(notice),
    tag: notice.id,
  });
  shown.onclick = () => {
    window.focus();
    shown.close();
    open();
  };
}
