// The list as far as it was scrolled, kept fresh: what comes in is put on top while the top is looked at, else counted.
import { useThrottledCallback } from "@mantine/hooks";
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import { accountKey } from "@/api/desk";
import { type Submission, submissionsQuery } from "@/api/submissions";
import type { LiveEvent, Page } from "@/api/types";
import { useLive } from "@/live/LiveProvider";
import { filterOf } from "../filter";
import type { SubmissionsSearch } from "../search";

/** Hundreds may come in a second; once in this time is enough to look. */
const lookEvery = 1500;

export type SubmissionsInSight = ReturnType<typeof useSubmissions>;

export function useSubmissions(
  formId: string,
  search: SubmissionsSearch,
  scroller: RefObject<HTMLElement | null>,
) {
  const queryClient = useQueryClient();
  const options = submissionsQuery(formId, filterOf(search));
  const list = useInfiniteQuery({
    ...options,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && anyUnderWay(state.data) ? lookEvery : false),
  });
  const submissions = useMemo(
    () => unique(list.data?.pages.flatMap((page) => page.items) ?? []),
    [list.data],
  );
  const [more, setMore] = useState(0);

  const key = JSON.stringify(options.queryKey);
  const refresh = useCallback(() => {
    const queryKey = JSON.parse(key);
    // Later pages are read again when somebody scrolls to them.
    if (isAtTop(scroller.current)) queryClient.setQueryData(queryKey, firstPage);
    queryClient.invalidateQueries({ queryKey });
    queryClient.invalidateQueries({ queryKey: accountKey("submissions", formId, "counts") });
    queryClient.invalidateQueries({ queryKey: accountKey("form-figures", formId) });
  }, [queryClient, key, formId, scroller]);
  const refreshSoon = useThrottledCallback(refresh, lookEvery);

  useEffect(() => {
    if (key) setMore(0);
  }, [key]);
  const { listen } = useLive();
  useEffect(
    () =>
      listen((events) => {
        const came = events.filter((event) => isOf(event, formId, "form.submitted")).length;
        const changed = events.some((event) => changesOne(event, formId));
        if (came > 0 && !isAtTop(scroller.current)) setMore((count) => count + came);
        else if (came > 0 || changed) refreshSoon();
      }),
    [listen, formId, refreshSoon, scroller],
  );

  const toTop = useCallback(() => {
    setMore(0);
    scroller.current?.scrollTo({ top: 0 });
    refresh();
  }, [refresh, scroller]);
  return { ...list, submissions, more, toTop, refresh };
}

function isOf({ name, data }: LiveEvent, formId: string, wanted: string): boolean {
  return name === wanted && data.form_id === formId;
}

/** Released or deleted. */
const changesOne = ({ name, data }: LiveEvent, formId: string) =>
  name.startsWith("submission.") && data.form_id === formId;

/** One that waits to become a ticket is looked after until it is one: what tells of the ticket does not know of whom. */
const anyUnderWay = ({ pages }: Pages) =>
  pages.some(({ items }) =>
    items.some(({ fate, ticket, caught }) => !ticket && !caught && fate.startsWith("waiting")),
  );

/** Somewhere up where new rows come in; a few rows down is still there. */
const nearTop = 600;
const isAtTop = (element: HTMLElement | null) => (element?.scrollTop ?? 0) < nearTop;

type Pages = InfiniteData<Page<Submission>, string | null>;
const firstPage = (now: Pages | undefined): Pages | undefined =>
  now && { pages: now.pages.slice(0, 1), pageParams: now.pageParams.slice(0, 1) };

/** One that moved between two pages while they were read stands once. */
function unique(submissions: Submission[]): Submission[] {
  const seen = new Set<string>();
  return submissions.filter(({ id }) => !seen.has(id) && seen.add(id));
}
