// When something last came and last went: whether a channel lives shows here before anything is reported.
import { IconArrowDownLeft, IconArrowUpRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Time } from "@/kit/Time";
import classes from "./Health.module.css";

export function Traffic({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { last_in_at, last_out_at } = channel;
  if (!last_in_at && !last_out_at) return null;
  return (
    <span className={classes.traffic}>
      {last_in_at && (
        <span>
          <IconArrowDownLeft size={13} stroke={1.8} aria-hidden="true" />
          {t("traffic.in")} <Time at={last_in_at} />
        </span>
      )}
      {last_out_at && (
        <span>
          <IconArrowUpRight size={13} stroke={1.8} aria-hidden="true" />
          {t("traffic.out")} <Time at={last_out_at} />
        </span>
      )}
    </span>
  );
}
