// What waits, by channel and by team: how many, how long the oldest, and why nobody has it.
import { useTranslation } from "react-i18next";
import type { QueueNow, TeamNow, WaitingWhy } from "@/api/teamNow";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { Face } from "@/kit/Face";
import { useSkillsInWords } from "@/pages/ticket/why/useSkillsInWords";
import classes from "./TeamNow.module.css";
import { Ticking } from "./Ticking";
import { whyWords } from "./whyWords";

export function Queues({ now }: { now: TeamNow }) {
  const { t } = useTranslation("teamnow");
  return (
    <div className={classes.queues}>
      <section aria-labelledby="channels">
        <h2 id="channels" className={classes.heading}>
          {t("channels")}
        </h2>
        {now.channels.length === 0 && <p className={classes.empty}>{t("noQueues")}</p>}
        <QueueList queues={now.channels} />
      </section>
      {now.teams.length > 0 && (
        <section aria-labelledby="teams">
          <h2 id="teams" className={classes.heading}>
            {t("teams")}
          </h2>
          <QueueList queues={now.teams} />
        </section>
      )}
    </div>
  );
}

function QueueList({ queues }: { queues: QueueNow[] }) {
  const sorted = [...queues].sort((a, b) => Number(b.waiting > 0) - Number(a.waiting > 0));
  return (
    <ul className={classes.queueList}>
      {sorted.map((queue) => (
        <Queue key={queue.id} queue={queue} />
      ))}
    </ul>
  );
}

function Queue({ queue }: { queue: QueueNow }) {
  const { t } = useTranslation("teamnow");
  return (
    <li className={classes.queue} data-waiting={queue.waiting > 0 || undefined}>
      <div className={classes.queueHead}>
        {queue.kind ? <ChannelIcon kind={queue.kind} size={16} /> : <Face name={queue.name} size={20} />}
        <span className={classes.queueName}>{queue.name}</span>
        {queue.waiting === 0 ? (
          <span className={classes.calm}>{t("nothingWaits")}</span>
        ) : (
          <>
            <span className={classes.waits}>{t("waits", { count: queue.waiting })}</span>
            {queue.oldest_at && <Ticking since={queue.oldest_at} className={classes.ticking} />}
          </>
        )}
      </div>
      {queue.waiting > 0 && <Whys whys={queue.why} of={queue.waiting} />}
    </li>
  );
}

function Whys({ whys, of }: { whys: WaitingWhy[]; of: number }) {
  const { t } = useTranslation();
  const inWords = useSkillsInWords();
  return (
    <ul className={classes.whys}>
      {whys.map((why) => (
        <li key={`${why.code}${why.skills?.join()}`}>
          <span
            className={classes.whyBar}
            style={{ width: `${(why.count / of) * 100}%` }}
            aria-hidden="true"
          />
          <span>{whyWords({ ...why, skills: inWords(why.skills) }, t)}</span>
          <b>{why.count}</b>
        </li>
      ))}
    </ul>
  );
}
