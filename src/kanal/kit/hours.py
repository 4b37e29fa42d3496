"""Weekly working hours on the clocks of a time zone: whether they are open at a moment, when that changes, and how to
count in working time. Pure; people's availability and channels' waiting times are decided with it.

An edge of an interval is the first moment at which that day's clock shows its time or a later one. So what lies in an
hour that is skipped falls on the moment of the change, and an hour that comes twice counts from its first coming on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WeeklyHours: TypeAlias = dict[str, list[list[str]]]
"""By day, `mon` … `sun`: [["09:00", "12:00"], ["13:00", "17:30"]]. A day that is left out is closed, "24:00" is the end
of a day, and no interval crosses midnight. None instead of hours: around the clock."""
Holidays: TypeAlias = Container[date]
"""Days that are closed whatever the weekday says."""
Span: TypeAlias = tuple[datetime, datetime]
Week: TypeAlias = tuple[tuple[tuple[int, int], ...], ...]
"""Monday first; of each day the intervals in minutes since midnight, in order."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_HOLIDAYS: frozenset[date] = frozenset()
HORIZON = timedelta(days=400)
"""How far ahead is looked: what does not happen within it is taken never to happen."""
MOST_INTERVALS = 12
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)
FULL_DAY = 24 * 60
ALWAYS: Week = (((0, FULL_DAY),),) * 7


class HoursInvalid(Exception):
    """Hours or a zone that cannot be; `message` says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message


def check(hours: WeeklyHours | None, field: str) -> None:
    """Raises HoursInvalid with the path of what is wrong, e.g. `working_hours.mon.0`."""
    for day, intervals in (hours or {}).items():
        if day not in DAYS:
            raise HoursInvalid(f"{field}.{day}", f"{day[:20]!r} is no day; the days are {', '.join(DAYS)}.")
        if len(intervals) > MOST_INTERVALS:
            raise HoursInvalid(f"{field}.{day}", f"A day has at most {MOST_INTERVALS} intervals.")
        for position, interval in enumerate(intervals):
            at = f"{field}.{day}.{position}"
            _check_interval(interval, at)
            _check_apart(intervals[:position], interval, at)


def check_zone(name: str, field: str) -> None:
    """Raises HoursInvalid with the zone that was probably meant."""
    if name not in zones():
        meant = _nearest_zone(name)
        mend = f"Did you mean {meant}?" if meant else "Use a name such as Europe/Stockholm."
        raise HoursInvalid(field, f"There is no time zone {name[:60]!r}. {mend}")


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """Every zone there is, the same on every machine."""
    return frozenset((resources.files("tzdata") / "zones").read_text("ascii").split())


def is_open(at: datetime, hours: WeeklyHours | None, zone: str, holidays: Holidays = NO_HOLIDAYS) -> bool:
    week, clock = _week(hours), zone_of(zone)
    today = at.astimezone(clock).date()
    # Where clocks are put back over midnight, the next day has begun once already.
    days = (today, today + timedelta(days=1))
    return any(begin <= at < end for day in days if day not in holidays for begin, end in _on(day, week, clock))


def next_opening(
    at: datetime, hours: WeeklyHours | None, zone: str, holidays: Holidays = NO_HOLIDAYS
) -> datetime | None:
    """The first moment from `at` on at which they are open, `at` itself if they are; None: never."""
    for begin, _ in _spans(at, at + HORIZON, _week(hours), zone_of(zone), holidays):
        return max(begin, at)
    return None


def next_change(
    at: datetime, hours: WeeklyHours | None, zone: str, holidays: Holidays = NO_HOLIDAYS
) -> datetime | None:
    """The first moment after `at` at which they open or close; None: never."""
    for begin, end in _spans(at, at + HORIZON, _week(hours), zone_of(zone), holidays):
        change = begin if begin > at else end
        return change if change <= at + HORIZON else None
    return None


def after_working(
    at: datetime, minutes: float, hours: WeeklyHours | None, zone: str, holidays: Holidays = NO_HOLIDAYS
) -> datetime:
    """The first moment at which that many working minutes have passed since `at`; 400 days after it, where so many do
    not fit."""
    left = timedelta(minutes=min(minutes, HORIZON / timedelta(minutes=1)))
    if left <= timedelta():
        return at
    for begin, end in _spans(at, at + HORIZON, _week(hours), zone_of(zone), holidays):
        worked = end - max(begin, at)
        if worked >= left:
            return end - (worked - left)
        left -= worked
    return at + HORIZON


def working_minutes(
    from_: datetime, to: datetime, hours: WeeklyHours | None, zone: str, holidays: Holidays = NO_HOLIDAYS
) -> float:
    """How many minutes they are open between two moments."""
    worked = timedelta()
    for begin, end in _spans(from_, to, _week(hours), zone_of(zone), holidays):
        worked += max(timedelta(), min(end, to) - max(begin, from_))
    return worked / timedelta(minutes=1)


def begin_of(day: date, zone: str) -> datetime:
    """The moment at which a day begins."""
    return _moment(day, 0, zone_of(zone))


@lru_cache(maxsize=600)
def zone_of(name: str) -> ZoneInfo:
    """Zones are checked when they are given; one that is no longer known by then counts as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _check_interval(interval: list[str], field: str) -> None:
    if len(interval) != 2:
        raise HoursInvalid(field, 'An interval has a begin and an end, as in ["09:00", "17:30"].')
    for clock in interval:
        if not CLOCK.fullmatch(clock):
            raise HoursInvalid(field, f"{clock[:20]!r} is no time of day; write it as 09:00, up to 24:00.")
    begin, end = interval
    if _minutes(end) <= _minutes(begin):
        mend = "What goes past midnight is two intervals, until 24:00 and from 00:00 of the next day."
        raise HoursInvalid(field, f"{begin}-{end} does not end after it begins. {mend}")


def _check_apart(others: list[list[str]], interval: list[str], field: str) -> None:
    begin, end = map(_minutes, interval)
    for other_begin, other_end in others:
        if begin < _minutes(other_end) and _minutes(other_begin) < end:
            raise HoursInvalid(field, f"It overlaps {other_begin}-{other_end}; make one of the two.")


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _nearest_zone(name: str) -> str | None:
    """By the whole name, then by its last part: `Stokholm` is meant as Europe/Stockholm."""
    wanted = name.strip().replace(" ", "_").casefold()
    whole = {zone.casefold(): zone for zone in sorted(zones())}
    cities = {zone.rpartition("/")[2]: full for zone, full in whole.items()}
    for known in (whole, cities):
        found = difflib.get_close_matches(wanted[:60], known, n=1, cutoff=0.75)
        if found:
            return known[found[0]]
    return None


def _week(hours: WeeklyHours | None) -> Week:
    if hours is None:
        return ALWAYS
    return _parsed(tuple((day, tuple(map(tuple, intervals))) for day, intervals in hours.items()))


@lru_cache(maxsize=1024)
def _parsed(hours: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]) -> Week:
    by_day = dict(hours)
    return tuple(tuple(sorted((_minutes(a), _minutes(b)) for a, b in by_day.get(day, ()))) for day in DAYS)


def _spans(at: datetime, until: datetime, week: Week, clock: ZoneInfo, holidays: Holidays) -> Iterator[Span]:
    """When they are open, in order: what ends after `at` and begins by `until`. Intervals that touch are one; one
    that ends after `until` may in truth end later still."""
    open_: Span | None = None
    for begin, end in _intervals(at, until, week, clock, holidays):
        if open_ is not None and begin <= open_[1]:
            open_ = open_[0], end
            continue
        if open_ is not None:
            yield open_
        open_ = begin, end
    if open_ is not None:
        yield open_


def _intervals(at: datetime, until: datetime, week: Week, clock: ZoneInfo, holidays: Holidays) -> Iterator[Span]:
    if not any(week):
        return
    day = at.astimezone(clock).date()
    last = until.astimezone(clock).date() + timedelta(days=1)
    while day <= last:
        if day not in holidays:
            for begin, end in _on(day, week, clock):
                if end > at and begin <= until:
                    yield begin, end
        day += timedelta(days=1)


@lru_cache(maxsize=4096)
def _on(day: date, week: Week, clock: ZoneInfo) -> tuple[Span, ...]:
    """The moments at which a day's intervals begin and end; one that is skipped as a whole is left out."""
    spans = [(_moment(day, begin, clock), _moment(day, end, clock)) for begin, end in week[day.weekday()]]
    return tuple((begin, end) for begin, end in spans if begin < end)


def _moment(day: date, minutes: int, clock: ZoneInfo) -> datetime:
    """The first moment at which the day's clock shows this or later."""
    shown = datetime.combine(day, time(), clock) + timedelta(minutes=minutes)
    moment = shown.astimezone(UTC)
    if moment.astimezone(clock).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return moment
    return _end_of_gap(shown.replace(fold=1).astimezone(UTC), moment, clock)


def _end_of_gap(before: datetime, after: datetime, clock: ZoneInfo) -> datetime:
    """The clock is never at a time that is skipped: the moment between these two at which it is put forward."""
    offset = after.astimezone(clock).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(clock).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
