// My availability in my menu: how I stand, since when and why, what comes next, and the switch.
import { Kbd, Switch } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Availability } from "@/api/availability";
import { StandingMark } from "@/kit/StandingMark";
import { momentText, standingOf } from "@/kit/standing";
import { dateLocale } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import classes from "./UserMenu.module.css";
import { useMyAvailability } from "./useMyAvailability";

export function UserMenuAvailability() {
  const { t, i18n } = useTranslation("shell");
  const { standing, wanted, set } = useMyAvailability();
  const now = useNow();
  const available = standing.state === "available";
  return (
    <div className={classes.availability}>
      <StandingMark standing={standingOf({ availability: standing })} size={11} />
      <div className={classes.standing}>
        <b id="my-availability">{t(available ? "availability.available" : "availability.away")}</b>
        <span>{whyText(standing, t, now, dateLocale(i18n.language))}</span>
      </div>
      <div className={classes.switch}>
        <Switch
          size="md"
          checked={wanted === "available"}
          aria-labelledby="my-availability"
          onChange={(event) => set(event.currentTarget.checked ? "available" : "away")}
        />
        <Kbd size="xs">⇧ A</Kbd>
      </div>
    </div>
  );
}

/** "Since 11:40, by hand. Your hours make you available at 13:00." */
export function whyText(standing: Availability, t: TFunction, now: Date, locale: string): string {
  const since = momentText(standing.since, now, locale);
  const why = t(`shell:availability.why.${standing.why}`, { since });
  if (standing.state === "available" || !standing.back_at) return why;
  return `${why} ${t("shell:availability.back", { back: momentText(standing.back_at, now, locale) })}`;
}
