"""Times in calendar objects: a zone by any of the names that programs give it, else by the rules that came with it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

MAX_ZONES = 10
_LINE = re.compile(r"^([A-Z-]+)(?:;[^:\n]{0,200})?:([^\n]{0,300})", re.MULTILINE | re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Rule = tuple[timedelta, int, str]
"""Offset, the month in which it begins (0: it always holds), and on which weekday: `-1SU`."""


class Zones:
    """The zones that one calendar object knows: those of the world, and those that it brings along."""

    def __init__(self, own: dict[str, list[Rule]]) -> None:
        self._own = own

    def at(self, wall: datetime, name: str) -> tuple[datetime, str]:
        """A wall-clock time as a moment, and what its zone is called in the world; ("" when it has no such name)."""
        known = world_zone(name)
        if known is not None:
            return wall.replace(tzinfo=known).astimezone(UTC), str(known)
        return wall.replace(tzinfo=self._offset(wall, name)).astimezone(UTC), ""

    def _offset(self, wall: datetime, name: str) -> tzinfo:
        rules = self._own.get(name, [])
        begun = [(_onset(year, rule), rule[0]) for rule in rules for year in (wall.year - 1, wall.year)]
        held = [each for each in begun if each[0] <= wall]
        return timezone(max(held)[1]) if held else UTC


def take_out(text: str) -> tuple[str, Zones]:
    """The calendar object without its zones, and these. A library would write out each rule to the end of time."""
    others: list[str] = []
    blocks: list[list[str]] = []
    inside = False
    for line in text.split("\n"):
        mark = line.strip().upper()
        if mark == "BEGIN:VTIMEZONE":
            inside = True
            blocks.append([])
        (blocks[-1] if inside else others).append(line)
        inside = inside and mark != "END:VTIMEZONE"
    return "\n".join(others), Zones(dict(_own("\n".join(block)) for block in blocks[:MAX_ZONES]))


@lru_cache(maxsize=512)
def world_zone(name: str) -> ZoneInfo | None:
    """By its own name, by the name that Windows has for it, or as the end of a path."""
    name = name.strip("\"' /")
    for each in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(name.split("/")[-2:])):
        if each and len(each) < 100 and ".." not in each:
            try:
                return ZoneInfo(each)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
    return None


def _own(block: str) -> tuple[str, list[Rule]]:
    name, rules = "", []
    values: dict[str, str] = {}
    for line in list(_LINE.finditer(block))[:200]:
        key, value = line[1].upper(), line[2].strip()
        if key == "TZID":
            name = value
        elif key == "BEGIN":
            values = {}
        elif key == "END" and value.upper() in ("STANDARD", "DAYLIGHT"):
            rules += _rule(values)
        else:
            values[key] = value
    return name, rules


def _rule(values: dict[str, str]) -> list[Rule]:
    found = _OFFSET.match(values.get("TZOFFSETTO", ""))
    if found is None:
        return []
    offset = timedelta(hours=int(found[2]) % 24, minutes=int(found[3]) % 60) * (-1 if found[1] == "-" else 1)
    parts = dict(each.split("=", 1) for each in values.get("RRULE", "").upper().split(";") if "=" in each)
    month = parts.get("BYMONTH", "")
    return [(offset, int(month) if month.isdecimal() and 1 <= int(month) <= 12 else 0, parts.get("BYDAY", ""))]


def _onset(year: int, rule: Rule) -> datetime:
    """When the rule begins to hold in a year, to the day: nobody meets on the night in which the clock changes."""
    _, month, weekday = rule
    if month == 0:
        return datetime(1, 1, 1)  # noqa: DTZ001 - a wall-clock time
    number = re.fullmatch(r"(-?\d)?([A-Z]{2})", weekday)
    if number is None or number[2] not in _WEEKDAYS:
        return datetime(max(year, 1), month, 1)  # noqa: DTZ001 - a wall-clock time
    nth, wanted = int(number[1] or 1), _WEEKDAYS.index(number[2])
    if nth < 0:
        after = datetime(max(year, 1) + month // 12, month % 12 + 1, 1)  # noqa: DTZ001 - a wall-clock time
        last = after - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - wanted) % 7 + 7 * (-nth - 1))
    first = datetime(max(year, 1), month, 1)  # noqa: DTZ001 - a wall-clock time
    return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (nth - 1))
