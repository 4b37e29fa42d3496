// How a channel is doing: a word with a dot, and below it why, where something is wrong or still waited for.
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { inWords } from "../ui/serverWords";
import classes from "./Health.module.css";
import { healthOf } from "./standing";
import { troubleOf } from "./trouble";

export function Health({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const state = healthOf(channel);
  return (
    <span className={classes.health} data-state={toneOf[state] ?? state}>
      <i aria-hidden="true" />
      {t(`health.${state}`)}
    </span>
  );
}

const toneOf: Partial<Record<ReturnType<typeof healthOf>, string>> = {
  proof: "waiting",
  signedOut: "attention",
};

export function HealthReason({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const trouble = troubleOf(channel);
  return trouble && <span className={classes.reason}>{inWords(trouble, t)}</span>;
}
