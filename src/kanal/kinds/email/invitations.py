"""A meeting that a mail asks us to, moves, calls off or answers: the calendar object in it, read as far as people need
to see and to answer it. What repeats is said to repeat, and never written out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from icalendar import Calendar

from kanal.channelkit.messages import Attachment, Door, Invitation
from kanal.kinds.email import zones
from kanal.kinds.email.tnef_meeting import REPEATS
from kanal.kit.charsets import decode
from kanal.kit.mail import header_text, normalise, split_plus

MAX_BYTES = 262_144
MAX_LINES = 4_000
MAX_CALENDARS = 3
"""Of one mail; most carry the same one twice."""
MAX_WORDS = 1_000
MAX_ATTENDEES = 500
Method = Literal["request", "cancel", "reply"]
_METHODS: dict[str, Method] = {"REQUEST": "request", "CANCEL": "cancel", "REPLY": "reply"}
_ANSWERS: dict[str, Literal["accepted", "tentative", "declined"]] = {
    "ACCEPTED": "accepted",
    "TENTATIVE": "tentative",
    "DECLINED": "declined",
}
_METHOD = re.compile(r"^METHOD[^:\n]{0,100}:[ \t]*([A-Z]{1,20})", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(r"\n[ \t]")
_TYPES = ("text/calendar", "application/ics")


def invitation(attachments: Sequence[Attachment], door: Door) -> Invitation | None:
    """The first that can be read; None where a calendar is only published, or cannot be understood."""
    calendars = [each for each in attachments if each.content_type in _TYPES or each.name.lower().endswith(".ics")]
    found = (read(each.data, door) for each in calendars[:MAX_CALENDARS])
    return next((each for each in found if each is not None), None)


def read(data: bytes, door: Door) -> Invitation | None:
    if len(data) > MAX_BYTES or data.count(b"\n") > MAX_LINES:
        return None
    source = decode(data, "utf-8" if _is_utf8(data) else None, guess=True).replace("\r\n", "\n").replace("\r", "\n")
    stated = _METHOD.search(source)
    method = _METHODS.get(stated[1].upper()) if stated else None
    if method is None or not source.lstrip("\ufeff \n").upper().startswith("BEGIN:VCALENDAR"):
        return None
    text, known = zones.take_out(_FOLD.sub("", source.lstrip("\ufeff \n")))
    try:
        with warnings.catch_warnings(action="ignore"):  # what a stranger's program wrote wrongly is no news to us
            return _read(Calendar.from_ical(text.encode()), method, known, source, door)
    except Exception:  # noqa: BLE001  # a parser of untrusted text may raise anything; the file is there all the same
        return None


def _read(calendar: Any, method: Method, known: zones.Zones, source: str, door: Door) -> Invitation | None:
    events = list(calendar.walk("VEVENT"))[:50]
    if not events:
        return None
    event = next((each for each in events if "RECURRENCE-ID" not in each), events[0])
    starts, zone, all_day = _moment(event.get("DTSTART"), known)
    attendees = _attendees(event)
    return Invitation(
        method=method,
        uid=str(event.get("UID", ""))[:MAX_WORDS],
        sequence=_whole(event.get("SEQUENCE")),
        summary=_words(event, "SUMMARY"),
        location=_words(event, "LOCATION"),
        organizer=_address(event.get("ORGANIZER")),
        attendee=_asked(attendees, method, door),
        starts_at=starts,
        ends_at=_end(event, starts, known, all_day=all_day),
        all_day=all_day,
        timezone=zone,
        repeats=any(name in event for name in ("RRULE", "RDATE", REPEATS)),
        source=source,
        answer=_answer(attendees) if method == "reply" else "",
    )


def _moment(found: Any, known: zones.Zones) -> tuple[datetime | None, str, bool]:
    """When, in which zone, and whether it is a whole day. A day stands for its midnight in no zone at all."""
    value = getattr(found, "dt", None)
    if isinstance(value, datetime):
        named = str(found.params.get("TZID", ""))
        wall = value.replace(tzinfo=None)
        if not named:
            return (*zones.Zones({}).at(wall, "UTC"), False)
        return (*known.at(wall, named), False)
    if isinstance(value, date):
        return zones.Zones({}).at(datetime.combine(value, time()), "UTC")[0], "", True
    return None, "", False


def _end(event: Any, starts: datetime | None, known: zones.Zones, *, all_day: bool) -> datetime | None:
    ends, _, _ = _moment(event.get("DTEND"), known)
    if ends is not None or starts is None:
        return ends
    lasts = getattr(event.get("DURATION"), "dt", None)
    if isinstance(lasts, timedelta) and timedelta() <= lasts <= timedelta(days=366):
        return starts + lasts
    return starts + timedelta(days=1) if all_day else None


def _attendees(event: Any) -> list[Any]:
    found = event.get("ATTENDEE", [])
    return (found if isinstance(found, list) else [found])[:MAX_ATTENDEES]


def _asked(attendees: Sequence[Any], method: Method, door: Door) -> str:
    """Which of our addresses; of an answer, who gives it."""
    named = [_address(each) for each in attendees]
    if method == "reply":
        return named[0] if named else ""
    ours = {split_plus(normalise(each))[0] for each in (*door.account_addresses, *door.rcpt_to)}
    return next((each for each in named if split_plus(each)[0] in ours), "")


def _answer(attendees: Sequence[Any]) -> Literal["", "accepted", "tentative", "declined"]:
    stated = (_ANSWERS.get(str(each.params.get("PARTSTAT", "")).upper()) for each in attendees)
    return next((each for each in stated if each is not None), "")


def _address(found: Any) -> str:
    value = str(found or "")
    return normalise(value[7:] if value[:7].lower() == "mailto:" else value)


def _words(event: Any, name: str) -> str:
    return header_text(str(event.get(name, "")))[:MAX_WORDS]


def _whole(found: Any) -> int:
    try:
        return min(max(int(found), 0), 2**31 - 1)
    except (TypeError, ValueError):
        return 0


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
