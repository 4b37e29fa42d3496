// How a channel is doing: a word with a dot, and below it why, where something is wrong.
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { inWords } from "../ui/serverWords";
import classes from "./Health.module.css";
import { screensOf } from "./kinds/screens";

export function Health({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { GoOn } = screensOf(channel.kind);
  // Where there is nothing left to set up, nothing is waited for either.
  const waits = channel.health.state === "waiting" && !GoOn ? "fresh" : channel.health.state;
  const state = channel.active ? waits : "off";
  return (
    <span className={classes.health} data-state={state}>
      <i aria-hidden="true" />
      {t(`health.${state}`)}
    </span>
  );
}

export function HealthReason({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { state, reason } = channel.health;
  if (!channel.active || state !== "attention" || !reason) return null;
  return <span className={classes.reason}>{inWords(reason, t)}</span>;
}
