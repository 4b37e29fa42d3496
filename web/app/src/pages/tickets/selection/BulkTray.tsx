// How far bulk jobs are, what came of them, and the way back.
import { ActionIcon, Button, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type BulkJob, bulkQuery, type Skipped, stopBulk, undoBulk } from "@/api/bulk";
import { accountKey } from "@/api/desk";
import { faultWords } from "@/kit/faultWords";
import { toastError } from "@/kit/toast";
import { keepUndo } from "@/kit/undoing";
import { useLive } from "@/live/LiveProvider";
import classes from "./BulkTray.module.css";
import { putAway, useWatchedJobs, watchJob } from "./jobs";
import { isOver, useJobWords } from "./jobWords";

export function BulkTray({ slug }: { slug: string }) {
  const { t } = useTranslation("views");
  const jobs = useWatchedJobs();
  return (
    <section className={classes.tray} aria-label={t("bulk.jobs")}>
      {jobs.map((job) => (
        <JobCard key={job.id} slug={slug} started={job} newest={job === jobs[0]} />
      ))}
    </section>
  );
}

/** Where nothing had to be left alone, there is nothing to read. */
const staysFor = 12_000;

function JobCard({ slug, started, newest }: { slug: string; started: BulkJob; newest: boolean }) {
  const { t } = useTranslation("views");
  const queryClient = useQueryClient();
  const { state } = useLive();
  const job = useQuery({
    ...bulkQuery(started.id),
    initialData: started,
    initialDataUpdatedAt: 0,
    // Events tell how far it is; without a line to the server it is asked.
    refetchInterval: ({ state: read }) =>
      read.data && isOver(read.data) ? false : state === "live" ? 2_000 : 800,
  }).data;
  const over = isOver(job);
  const words = useJobWords(job);
  const undo = useMutation({
    mutationFn: () => undoBulk(job.id),
    onSuccess: (undoing) => {
      putAway(job.id);
      watchJob(undoing);
    },
    onError: toastError,
  });
  const stop = useMutation({ mutationFn: () => stopBulk(job.id), onError: toastError });
  useEffect(() => {
    if (!over) return;
    for (const read of ["tickets", "view-counts", "ticket", "timeline"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
    if (job.skipped > 0 || job.state === "failed") return;
    const timer = setTimeout(() => putAway(job.id), staysFor);
    return () => clearTimeout(timer);
  }, [over, job.id, job.skipped, job.state, queryClient]);
  const { mutate: takeBack } = undo;
  useEffect(() => (job.can_undo ? keepUndo(takeBack) : undefined), [job.can_undo, takeBack]);
  return (
    <div className={classes.job} data-failed={job.state === "failed" || undefined}>
      <div className={classes.line}>
        <span className={classes.words} role="status">
          {words}
        </span>
        {!over && (
          <Button size="compact-sm" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t("bulk.stop")}
          </Button>
        )}
        {job.can_undo && (
          <Button
            size="compact-sm"
            variant="light"
            loading={undo.isPending}
            title={newest ? "Z" : undefined}
            onClick={() => undo.mutate()}
          >
            {t("common:undo")}
          </Button>
        )}
        {over && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("common:close")}
            onClick={() => putAway(job.id)}
          >
            <IconX size={15} stroke={1.8} />
          </ActionIcon>
        )}
      </div>
      {!over && (
        <Progress
          size="xs"
          value={job.total ? (job.done / job.total) * 100 : 0}
          aria-label={words}
          className={classes.bar}
        />
      )}
      {over && <LeftAlone slug={slug} skipped={job.failed} count={job.skipped} />}
    </div>
  );
}

const shownAtMost = 5;

/** Tickets that were passed over, together by the reason. */
function LeftAlone({ slug, skipped, count }: { slug: string; skipped: Skipped[]; count: number }) {
  const { t } = useTranslation("views");
  const [all, setAll] = useState(false);
  if (count === 0) return null;
  const reasons = [...new Set(skipped.map(({ why }) => why))];
  return (
    <ul className={classes.left}>
      {reasons.map((why) => {
        const tickets = skipped.filter((one) => one.why === why);
        return (
          <li key={why}>
            {t(`bulk.left.${why}`, { count: tickets.length })}{" "}
            {tickets.slice(0, all ? undefined : shownAtMost).map(
              ({ ticket_id, number, detail }) =>
                number !== null && (
                  <Link
                    key={ticket_id}
                    to="/a/$slug/tickets/$number"
                    params={{ slug, number: String(number) }}
                    className={classes.ticket}
                    title={detail ? faultWords(detail, t) : undefined}
                  >
                    #{number}
                  </Link>
                ),
            )}
            {tickets.length > shownAtMost && !all && (
              <button type="button" className={classes.more} onClick={() => setAll(true)}>
                {t("bulk.more", { count: tickets.length - shownAtMost })}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
