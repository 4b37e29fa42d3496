// Edits weekly hours: always, or by day with breaks; a day is copied to others with one click.
import { ActionIcon, Checkbox, Menu, SegmentedControl, TextInput, Tooltip } from "@mantine/core";
import { IconCopy, IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateLocale } from "../time";
import classes from "./HoursEditor.module.css";
import {
  clock,
  copied,
  dayName,
  type Fault,
  faultsOf,
  minutesAWeek,
  minutesOf,
  nextInterval,
  officeHours,
  readTime,
  type Weekday,
  type WeeklyHours,
  weekdays,
} from "./week";

interface Props {
  /** What the hours are of, for those who do not see the heading. */
  label: string;
  /** null: around the clock. */
  value: WeeklyHours | null;
  onChange: (hours: WeeklyHours | null) => void;
  /** What the server found, under the week as a whole. */
  error?: string;
  disabled?: boolean;
  /** How no limits and a day without hours are called; a channel is closed where a person is off. */
  words?: { always?: string; closed?: string };
}

export function HoursEditor({ label, value, onChange, error, disabled, words = {} }: Props) {
  const { t } = useTranslation("hours");
  // Someone who looks at "always" and comes back finds the week as it was.
  const [kept, setKept] = useState(value ?? officeHours);
  const change = (hours: WeeklyHours) => {
    setKept(hours);
    onChange(hours);
  };
  return (
    <fieldset className={classes.week} aria-label={label}>
      <SegmentedControl
        size="sm"
        aria-label={label}
        disabled={disabled}
        value={value ? "hours" : "always"}
        onChange={(mode) => onChange(mode === "hours" ? kept : null)}
        data={[
          { value: "hours", label: t("theseHours") },
          { value: "always", label: words.always ?? t("always") },
        ]}
      />
      {value && (
        <Week hours={value} onChange={change} disabled={disabled} closed={words.closed ?? t("closed")} />
      )}
      {error && (
        <div className={classes.fault} role="alert">
          {error}
        </div>
      )}
    </fieldset>
  );
}

interface WeekProps {
  hours: WeeklyHours;
  onChange: (hours: WeeklyHours) => void;
  disabled?: boolean;
  closed: string;
}

function Week({ hours, onChange, disabled, closed }: WeekProps) {
  const { t, i18n } = useTranslation("hours");
  const faults = faultsOf(hours);
  const total = new Intl.NumberFormat(i18n.language, {
    style: "unit",
    unit: "hour",
    unitDisplay: "short",
    maximumFractionDigits: 2,
  }).format(minutesAWeek(hours) / 60);
  return (
    <>
      <ul className={classes.list}>
        {weekdays.map((day) => (
          <Day
            key={day}
            day={day}
            intervals={hours[day] ?? []}
            faults={faults?.[day] ?? []}
            disabled={disabled}
            closed={closed}
            onChange={(intervals) => onChange({ ...hours, [day]: intervals })}
            onCopy={(days) => onChange(copied(hours, day, days))}
          />
        ))}
      </ul>
      <p className={classes.foot}>
        <span>{t("howToType")}</span>
        <span className="k-tabular">{faults ? "" : t("aWeek", { total })}</span>
      </p>
    </>
  );
}

interface DayProps {
  day: Weekday;
  intervals: string[][];
  faults: (Fault | null)[];
  disabled?: boolean;
  closed: string;
  onChange: (intervals: string[][]) => void;
  onCopy: (days: readonly Weekday[]) => void;
}

function Day({ day, intervals, faults, disabled, closed, onChange, onCopy }: DayProps) {
  const { i18n } = useTranslation("hours");
  const name = dayName(day, dateLocale(i18n.language));
  const open = intervals.length > 0;
  const next = nextInterval(intervals);
  const put = (index: number, interval: string[]) =>
    onChange(intervals.map((each, at) => (at === index ? interval : each)));
  return (
    <li className={classes.day}>
      <Checkbox
        className={classes.name}
        label={<span style={{ textTransform: "capitalize" }}>{name}</span>}
        checked={open}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked ? [["09:00", "17:00"]] : [])}
      />
      {open ? (
        <div className={classes.intervals}>
          {intervals.map((interval, index) => (
            <Interval
              // Intervals have no names of their own; their place is all that tells them apart.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={index}
              name={name}
              interval={interval}
              fault={faults[index] ?? null}
              disabled={disabled}
              onChange={(changed) => put(index, changed)}
              onRemove={
                intervals.length > 1 ? () => onChange(intervals.filter((_, at) => at !== index)) : undefined
              }
            />
          ))}
        </div>
      ) : (
        <span className={classes.closed}>{closed}</span>
      )}
      {!disabled && (
        <div className={classes.tools}>
          {open && next && <AddInterval name={name} onAdd={() => onChange([...intervals, next])} />}
          <CopyDay day={day} name={name} onCopy={onCopy} />
        </div>
      )}
      {open && <Ruler intervals={intervals} />}
    </li>
  );
}

interface IntervalProps {
  name: string;
  interval: string[];
  fault: Fault | null;
  disabled?: boolean;
  onChange: (interval: string[]) => void;
  onRemove?: () => void;
}

function Interval({ name, interval, fault, disabled, onChange, onRemove }: IntervalProps) {
  const { t } = useTranslation("hours");
  const [from = "", to = ""] = interval;
  return (
    <div className={classes.interval}>
      <TimeField
        label={t("from", { day: name })}
        value={from}
        bad={fault !== null}
        disabled={disabled}
        onChange={(time) => onChange([time, to])}
      />
      <span className={classes.dash} aria-hidden="true">
        –
      </span>
      <TimeField
        label={t("to", { day: name })}
        value={to}
        bad={fault !== null}
        disabled={disabled}
        onChange={(time) => onChange([from, time])}
      />
      {onRemove && !disabled && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          onClick={onRemove}
          aria-label={t("remove", { day: name, from, to })}
        >
          <IconX size={15} stroke={1.8} />
        </ActionIcon>
      )}
      {fault && (
        <span className={classes.fault} role="alert">
          {t(`fault.${fault}`)}
        </span>
      )}
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  bad: boolean;
  disabled?: boolean;
  onChange: (time: string) => void;
}

/** Understands what people type for a time, and writes it out when they leave the field. */
export function TimeField({ label, value, bad, disabled, onChange }: TimeProps) {
  const step = (minutes: number) => {
    const at = readTime(value);
    if (at === null) return;
    const next = Math.min(1440, Math.max(0, minutesOf(at) + minutes));
    onChange(clock(next));
  };
  return (
    <TextInput
      size="xs"
      className={classes.time}
      aria-label={label}
      value={value}
      error={bad}
      disabled={disabled}
      inputMode="numeric"
      maxLength={5}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(readTime(value) ?? value)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        step(event.key === "ArrowUp" ? 15 : -15);
      }}
    />
  );
}

function AddInterval({ name, onAdd }: { name: string; onAdd: () => void }) {
  const { t } = useTranslation("hours");
  return (
    <Tooltip label={t("add")}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        onClick={onAdd}
        aria-label={t("addTo", { day: name })}
      >
        <IconPlus size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function CopyDay({ day, name, onCopy }: { day: Weekday; name: string; onCopy: DayProps["onCopy"] }) {
  const { t } = useTranslation("hours");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={t("copy")}>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("copyDay", { day: name })}>
            <IconCopy size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy(weekdays.slice(0, 5).filter((each) => each !== day))}>
          {t("toWeekdays")}
        </Menu.Item>
        <Menu.Item onClick={() => onCopy(weekdays.filter((each) => each !== day))}>{t("toAll")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The open part of the day on a line from midnight to midnight. */
function Ruler({ intervals }: { intervals: string[][] }) {
  return (
    <div className={classes.ruler} aria-hidden="true">
      {intervals.map(([from = "", to = ""]) => {
        const [begin, end] = [minutesOf(from), minutesOf(to)];
        if (!(end > begin)) return null;
        const style = { left: `${begin / 14.4}%`, width: `${(end - begin) / 14.4}%` };
        return <span key={`${from}-${to}`} className={classes.open} style={style} />;
      })}
    </div>
  );
}
