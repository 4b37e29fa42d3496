// The submissions themselves: a table where there is room, else cards; only what is in sight is rendered. J, K and
// Enter walk through them.
import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { explain } from "@/kit/explain";
import { useKeys } from "@/kit/keys";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import type { Column } from "../columns";
import type { SubmissionsSearch } from "../search";
import { useGo } from "../useGo";
import { Card } from "./Card";
import { NoSubmissions } from "./NoSubmissions";
import { HeadRow, Row } from "./Row";
import classes from "./SubmissionList.module.css";
import { useFresh } from "./useFresh";
import type { SubmissionsInSight } from "./useSubmissions";
import { widthsOf } from "./widths";

interface Props {
  slug: string;
  form: Form;
  search: SubmissionsSearch;
  list: SubmissionsInSight;
  columns: Column[];
  scroller: RefObject<HTMLDivElement | null>;
  /** Of what scrolls away above the list. */
  heightAbove: number;
  width: number;
}

const wideFrom = 720;
const headHeight = 34;
const rowHeight = 41;
const cardHeight = 86;

export function SubmissionList({ slug, form, search, list, columns, scroller, heightAbove, width }: Props) {
  const { t } = useTranslation("submissions");
  const go = useGo();
  const { submissions, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = list;
  const wide = width >= wideFrom;
  const height = wide ? rowHeight : cardHeight;
  const fresh = useFresh(submissions, JSON.stringify([search.state, search.q, search.source]));
  const rows = useVirtualizer({
    count: submissions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => submissions[index]?.id ?? index,
    scrollMargin: heightAbove + (wide ? headHeight : 0),
    scrollPaddingStart: wide ? headHeight : 0,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height is the reason to measure again
  useEffect(() => rows.measure(), [rows, height]);

  const shown = rows.getVirtualItems();
  const last = shown[shown.length - 1]?.index ?? 0;
  useEffect(() => {
    // Not while the list is read anew, which this would call off.
    if (hasNextPage && !isFetching && last >= submissions.length - 10) fetchNextPage();
  }, [last, hasNextPage, isFetching, submissions.length, fetchNextPage]);

  const focusRow = useCallback(
    (index: number) => {
      rows.scrollToIndex(index, { align: "auto" });
      const focus = () => {
        const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
        link?.focus({ preventScroll: true });
        return !!link;
      };
      // One far away is drawn first.
      if (!focus()) requestAnimationFrame(focus);
    },
    [rows, scroller],
  );
  const step = (by: number) => {
    if (search.open || submissions.length === 0) return;
    focusRow(Math.min(submissions.length - 1, Math.max(0, (focusedIndex() ?? -1) + by)));
  };
  useKeys("list", [
    { id: "down", keys: "j", label: t("one.older"), unlisted: true, repeats: true, run: () => step(1) },
    { id: "up", keys: "k", label: t("one.newer"), unlisted: true, repeats: true, run: () => step(-1) },
  ]);

  const widths = useMemo(() => widthsOf(columns), [columns]);
  const open = useCallback((id: string) => go({ open: id }), [go]);

  if (list.isPending) return <PageLoading />;
  if (list.error && !list.data) return <Failed error={list.error} onRetry={() => list.refetch()} />;
  if (submissions.length === 0)
    return (
      <div className={classes.beside}>
        <NoSubmissions slug={slug} form={form} search={search} />
      </div>
    );
  const rowsShown = shown.flatMap((item) => {
    const submission = submissions[item.index];
    if (!submission) return [];
    const props = {
      slug,
      submission,
      index: item.index,
      open: submission.id === search.open,
      fresh: fresh.has(submission.id),
      top: item.start - rows.options.scrollMargin,
      height,
    };
    return wide
      ? [<Row key={item.key} {...props} columns={columns} widths={widths} onOpen={open} />]
      : [<Card key={item.key} {...props} columns={columns} />];
  });
  const body = { className: classes.rows, style: { height: rows.getTotalSize() } };
  return (
    <>
      {list.more > 0 && (
        <div className={classes.pillPlace}>
          <button type="button" className={classes.pill} onClick={list.toTop}>
            <IconArrowUp size={14} stroke={2} aria-hidden="true" />
            {t("newOnes", { count: list.more })}
          </button>
        </div>
      )}
      {wide ? (
        <table
          aria-label={t("table")}
          aria-rowcount={hasNextPage ? -1 : submissions.length + 1}
          className={classes.table}
          data-old={list.isPlaceholderData || undefined}
          style={{ width: `max(100cqi, ${widths.total}px + 2 * var(--edge))` }}
        >
          <HeadRow columns={columns} widths={widths} />
          <tbody {...body}>{rowsShown}</tbody>
        </table>
      ) : (
        <ul aria-label={t("table")} data-old={list.isPlaceholderData || undefined} {...body}>
          {rowsShown}
        </ul>
      )}
      {isFetchingNextPage && <p className={classes.more}>{t("loadingMore")}</p>}
    </>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation("submissions");
  return (
    <div className={classes.beside}>
      <Note tone="bad">
        {explain(error, t)}
        <div>
          <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
            {t("common:retry")}
          </Button>
        </div>
      </Note>
    </div>
  );
}

function focusedIndex(): number | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-index]");
  return row ? Number(row.dataset.index) : null;
}
