// A bulk job in a sentence: what is being done, or what came of it.
import { useTranslation } from "react-i18next";
import type { BulkJob } from "@/api/bulk";

export const isOver = ({ state }: Pick<BulkJob, "state">) => state !== "waiting" && state !== "running";

export function useJobWords(job: BulkJob): string {
  const { t, i18n } = useTranslation("views");
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count);
  if (!isOver(job)) {
    if (job.total === 0) return t("bulk.begins");
    return t("bulk.running", { done: number(job.done), total: number(job.total) });
  }
  if (job.state === "failed") return t(`bulk.failed.${job.reason || "error"}`);
  const name = job.undoes ? "undo" : (Object.keys(job.action)[0] ?? "other");
  const words = t(`bulk.done.${name}`, {
    count: job.changed,
    number: number(job.changed),
    defaultValue: t("bulk.done.other", { count: job.changed, number: number(job.changed) }),
  });
  return job.state === "stopped" ? t("bulk.stopped", { words }) : words;
}
