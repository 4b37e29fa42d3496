// Where a ticket stands in the queue: "4th in the queue, waiting since 09:12: nobody with Finnish".
import { IconHourglassHigh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Candidate, TicketRouting } from "@/api/routing";
import { momentText } from "@/kit/standing";
import { dateLocale } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import { decisionWords } from "./reasonWords";
import classes from "./Why.module.css";

interface Props {
  queue: NonNullable<TicketRouting["queue"]>;
  since: string | null;
  candidates: Candidate[];
}

export function QueuePlace({ queue, since, candidates }: Props) {
  const { t, i18n } = useTranslation("routing");
  const now = useNow();
  const locale = dateLocale(i18n.language);
  const { position, owner, owner_until, was } = queue;
  const nth = t("why.place", { count: position, ordinal: true });
  const why = decisionWords({ why: queue.why, text: queue.why_text, candidates }, { was: was?.name }, t);
  return (
    <div className={classes.queue}>
      <IconHourglassHigh size={18} stroke={1.7} aria-hidden="true" />
      <div>
        <b>{t("why.queue", { count: position, nth })}</b>
        {was && <span className={classes.was}>{t("why.was", { name: was.name })}</span>}
        {since && <p>{t("why.waitingSince", { at: momentText(since, now, locale), why })}</p>}
        {owner && owner_until && (
          <p>{t("why.ownerUntil", { name: owner.name, at: momentText(owner_until, now, locale) })}</p>
        )}
      </div>
    </div>
  );
}
