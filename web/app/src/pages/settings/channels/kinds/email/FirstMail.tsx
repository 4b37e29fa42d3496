// "Waiting for the first forwarded mail", which turns green by itself when it arrives.
import { IconCircleCheckFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelQuery } from "@/api/channels";
import type { Channel } from "@/api/types";
import { Time } from "@/kit/Time";
import classes from "./FirstMail.module.css";
import { emailSettings } from "./settings";

/** After this long something is probably not set up right. */
const patience = 90_000;

export function FirstMail({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const { first_mail_at: at } = useQuery({ ...channelQuery(channel.id), initialData: channel }).data;
  const long = useLong(at === null);
  return (
    <div className={classes.box} data-arrived={at ? true : undefined} role="status">
      {at ? (
        <IconCircleCheckFilled size={22} className={classes.check} aria-hidden="true" />
      ) : (
        <span className={classes.pulse} aria-hidden="true" />
      )}
      <div className={classes.text}>
        <b>{t(at ? "firstMail.arrived" : "firstMail.waiting")}</b>
        {at ? (
          <span>
            <Time at={at} as="clock" /> ·{" "}
            <Link to="/a/$slug/settings/incoming" params={{ slug }} search={{ channel: channel.id }}>
              {t("firstMail.show")}
            </Link>
          </span>
        ) : (
          <span>{t("firstMail.howTo", { address: emailSettings(channel).address })}</span>
        )}
        {!at && long && <span>{t("firstMail.long")}</span>}
      </div>
    </div>
  );
}

function useLong(waiting: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, [waiting]);
  return long;
}
