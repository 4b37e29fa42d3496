// Marking notices as read and unread: shown at once; the server's word follows.
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { readNotices, unreadNotices, type Which } from "@/api/notices";
import type { Me, Notice, Page } from "@/api/types";
import { toastError } from "@/kit/toast";

export function useMarkNotices() {
  const queryClient = useQueryClient();
  const show = (marked: (notice: Notice) => boolean) => {
    const mark = <T extends Page<Notice>>(page: T): T => ({
      ...page,
      items: page.items.map((notice) => ({ ...notice, read: marked(notice) })),
    });
    queryClient.setQueriesData<Page<Notice> | InfiniteData<Page<Notice>>>(
      { queryKey: accountKey("notices") },
      (known) => known && ("pages" in known ? { ...known, pages: known.pages.map(mark) } : mark(known)),
    );
  };
  const settled = {
    onError: toastError,
    onSettled: () => {
      queryClient.invalidateQueries({ queryKey: accountKey("notices") });
      queryClient.invalidateQueries({ queryKey: accountKey("me") });
    },
  };
  const read = useMutation({
    mutationFn: readNotices,
    onMutate: (which: Which) => {
      show((notice) => notice.read || "all" in which || which.ids.includes(notice.id));
      queryClient.setQueryData<Me>(
        accountKey("me"),
        (me) =>
          me && {
            ...me,
            unread_notices: "all" in which ? 0 : Math.max(0, me.unread_notices - which.ids.length),
          },
      );
    },
    ...settled,
  });
  const unread = useMutation({
    mutationFn: unreadNotices,
    onMutate: (ids) => show((notice) => notice.read && !ids.includes(notice.id)),
    ...settled,
  });
  return { markRead: read.mutate, markUnread: unread.mutate };
}
