"""Pure decisions about when somebody is told: quiet hours, when the next digest is due, in the member's own zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from kanal.notifications.models import NoticeTimes, QuietHours


def times(chosen: object) -> NoticeTimes:
    """What a member has chosen, as it is stored; the default for what cannot be read."""
    try:
        return msgspec.convert(chosen, NoticeTimes)
    except msgspec.ValidationError:
        return NoticeTimes()


def quiet_until(chosen: NoticeTimes, zone: str, now: datetime) -> datetime | None:
    """When the quiet hours end in which `now` falls; None where it falls in none."""
    if chosen.quiet is None or not _is_quiet(chosen.quiet, now.astimezone(_zone(zone))):
        return None
    return _next_at(chosen.quiet.until, zone, now)


def next_digest(chosen: NoticeTimes, zone: str, now: datetime) -> datetime:
    """The next full hour, or the hour of the day that the member chose; what falls into quiet hours waits for their
    end."""
    if chosen.every == "day":
        due = _next_at(chosen.at, zone, now)
    else:
        due = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return quiet_until(chosen, zone, due) or due


def _is_quiet(quiet: QuietHours, local: datetime) -> bool:
    at, since, until = local.strftime("%H:%M"), quiet.since, quiet.until
    return since <= at < until if since <= until else at >= since or at < until


def _next_at(clock: str, zone: str, after: datetime) -> datetime:
    """The next time that a clock on the wall there shows this."""
    local = after.astimezone(_zone(zone))
    hours, minutes = map(int, clock.split(":"))
    for days in range(3):
        day = local.date() + timedelta(days=days)
        found = datetime.combine(day, time(hours, minutes), tzinfo=_zone(zone)).astimezone(UTC)
        if found > after:
            return found
    raise ValueError(f"no day after {after} has the time {clock}")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
