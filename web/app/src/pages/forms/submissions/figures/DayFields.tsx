// Two days, from and until; what is the wrong way round is said instead of asked for.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isDay } from "../days";
import classes from "./Figures.module.css";

interface Props {
  from?: string;
  until?: string;
  latest?: string;
  /** Days at most from the first to the last. */
  most?: number;
  /** undefined: no end on that side. */
  onChange: (from: string | undefined, until: string | undefined) => void;
}

export function DayFields({ from = "", until = "", latest, most, onChange }: Props) {
  const { t } = useTranslation("submissions");
  const [typed, setTyped] = useState({ from, until });
  const fault = faultOf(typed.from, typed.until, most);
  const change = (part: Partial<typeof typed>) => {
    const next = { ...typed, ...part };
    setTyped(next);
    const given = [next.from, next.until].every((day) => day === "" || isDay(day));
    if (given && !faultOf(next.from, next.until, most))
      onChange(next.from || undefined, next.until || undefined);
  };
  return (
    <div className={classes.days}>
      <TextInput
        type="date"
        size="xs"
        label={t("days.from")}
        value={typed.from}
        max={latest}
        onChange={(event) => change({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        size="xs"
        label={t("days.until")}
        value={typed.until}
        max={latest}
        error={fault && t(`days.${fault}`, { count: most })}
        onChange={(event) => change({ until: event.currentTarget.value })}
      />
    </div>
  );
}

const aDay = 24 * 60 * 60 * 1000;

function faultOf(from: string, until: string, most = Number.POSITIVE_INFINITY) {
  if (!isDay(from) || !isDay(until)) return undefined;
  const days = (Date.parse(until) - Date.parse(from)) / aDay + 1;
  return days < 1 ? "upsideDown" : days > most ? "tooMany" : undefined;
}
