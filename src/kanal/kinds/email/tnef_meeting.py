"""A meeting in Outlook's own container: what it would have said as a calendar object, so that it is read, shown and
answered like every other one. tnef.py opens the container; bodies.py puts the calendar among the files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from kanal.kit.text import storable_text

MAX_WORDS = 1_000
REPEATS = "X-KANAL-REPEATS"
_CLASSES = {
    "mtgreq": ("REQUEST", ""), "meeting.request": ("REQUEST", ""),
    "mtgcncl": ("CANCEL", ""), "meeting.canceled": ("CANCEL", ""),
    "mtgrespp": ("REPLY", "ACCEPTED"), "resp.pos": ("REPLY", "ACCEPTED"),
    "mtgrespn": ("REPLY", "DECLINED"), "resp.neg": ("REPLY", "DECLINED"),
    "mtgrespa": ("REPLY", "TENTATIVE"), "resp.tent": ("REPLY", "TENTATIVE"),
}  # fmt: skip
_CLASS = re.compile(r"(mtg[a-z]{3,5}|meeting\.(?:request|canceled)|resp\.(?:pos|neg|tent))$")
# Properties by their number, named ones before tagged ones (MS-OXOCAL).
_START, _END, _WHOLE_DAY, _REPEATS = (0x820D, 0x60), (0x820E, 0x61), (0x8215,), (0x8223, 0x0005)
_PLACE, _SEQUENCE, _ID, _SUMMARY = (0x8208,), (0x8201,), (0x0023, 0x0003), (0x0037,)
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Meeting(msgspec.Struct, kw_only=True):
    method: str
    answer: str
    uid: str
    starts: datetime
    ends: datetime | None
    whole_day: bool
    repeats: bool
    place: str
    sequence: int
    summary: str

    def calendar(self, writer: str) -> bytes:
        """As a calendar object; `writer` is the address that the mail came from: who asks, or who answers."""
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Kanal//winmail.dat//EN",
            f"METHOD:{self.method}",
            "BEGIN:VEVENT",
            f"UID:{self.uid}",
            f"SEQUENCE:{self.sequence}",
            f"SUMMARY:{_escaped(self.summary)}",
            f"LOCATION:{_escaped(self.place)}",
            self._moment("DTSTART", self.starts),
            *([self._moment("DTEND", self.ends)] if self.ends else []),
            # How often it does stands in a form of Outlook's own, and nobody needs it in order to answer.
            *([f"{REPEATS}:TRUE"] if self.repeats else []),
            self._person(writer),
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
        return "\r\n".join(lines).encode()

    def _moment(self, name: str, at: datetime) -> str:
        """Of a whole day the container names midnight in the writer's zone: noon is the same day in most."""
        if self.whole_day:
            return f"{name};VALUE=DATE:{at + timedelta(hours=12):%Y%m%d}"
        return f"{name}:{at:%Y%m%dT%H%M%SZ}"

    def _person(self, writer: str) -> str:
        if self.method == "REPLY":
            return f"ATTENDEE;PARTSTAT={self.answer}:mailto:{writer}"
        return f"ORGANIZER:mailto:{writer}"


def meeting(message_class: str, properties: Iterable[Any]) -> Meeting | None:
    """None where the container holds an ordinary mail, or does not say when the meeting is."""
    named = _CLASS.search(message_class.lower())
    method, answer = _CLASSES.get(named[1], ("", "")) if named else ("", "")
    found = {each.guid_prop or each.name: each.raw_data for each in reversed(list(properties)[:2_000])}
    starts = _time(_first(found, _START))
    if not method or starts is None:
        return None
    return Meeting(
        method=method,
        answer=answer,
        uid=_uid(_first(found, _ID)),
        starts=starts,
        ends=_time(_first(found, _END)),
        whole_day=_number(_first(found, _WHOLE_DAY)) > 0,
        repeats=_number(_first(found, _REPEATS)) > 0,
        place=_words(_first(found, _PLACE)),
        sequence=_number(_first(found, _SEQUENCE)),
        summary=_words(_first(found, _SUMMARY)),
    )


def _first(found: dict[int, Any], numbers: tuple[int, ...]) -> Any:
    return next((found[number] for number in numbers if number in found), None)


def _time(raw: Any) -> datetime | None:
    """Tenths of microseconds since 1601."""
    if not isinstance(raw, bytes) or len(raw) != 8:
        return None
    try:
        return _EPOCH + timedelta(microseconds=struct.unpack("<Q", raw)[0] // 10)
    except OverflowError:
        return None


def _number(raw: Any) -> int:
    return int.from_bytes(raw[:4], "little") & 0x7FFFFFFF if isinstance(raw, bytes) else 0


def _words(raw: Any) -> str:
    text = "".join(raw) if isinstance(raw, list) and all(isinstance(each, str) for each in raw) else ""
    return storable_text(" ".join(text.replace("\x00", "").split()))[:MAX_WORDS]


def _uid(raw: Any) -> str:
    """Of a meeting that began as a calendar object its own id stands inside; else the whole number, without the day
    that one of a series is about."""
    data = b"".join(raw) if isinstance(raw, list) and all(isinstance(each, bytes) for each in raw) else b""
    inside = data[40:].partition(b"vCal-Uid\x01\x00\x00\x00")
    if inside[1]:
        return re.sub(r"[\x00-\x1f]", "", inside[2].partition(b"\x00")[0].decode("utf-8", "replace"))[:MAX_WORDS]
    return (data[:16] + bytes(len(data[16:20])) + data[20:])[:500].hex().upper()


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text)
