"""The answer to a calendar's invitation (RFC 5546), made from the invitation as it came: the same event, with the one
person's answer in it. delivery/invitations.py sends it."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime
from typing import Literal

from icalendar import Calendar, Component, Event, vCalAddress, vText

Answer = Literal["accepted", "tentative", "declined"]
_KEPT = ("UID", "SEQUENCE", "ORGANIZER", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SUMMARY")


def reply(source: str, attendee: str, name: str, answer: Answer, comment: str, now: datetime) -> str:
    """The calendar object that the organizer's calendar reads; raises ValueError where the invitation cannot be
    read."""
    with warnings.catch_warnings(action="ignore"):  # what a stranger's program wrote wrongly is no news to us
        events = Calendar.from_ical(source.encode()).walk("VEVENT")
    if not events:
        raise ValueError("the calendar holds no event")
    calendar = Calendar()
    calendar.add("prodid", "-//Kanal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    for event in events:
        calendar.add_component(_answered(event, attendee, name, answer, comment, now))
    return bytes(calendar.to_ical()).decode()


def _answered(asked: Component, attendee: str, name: str, answer: Answer, comment: str, now: datetime) -> Event:
    event = Event()
    for field in _KEPT:
        if field in asked:
            event[field] = asked[field]
    event.add("dtstamp", now.astimezone(UTC))
    who = vCalAddress(f"mailto:{attendee}")
    who.params["partstat"] = vText(answer.upper())
    if name:
        who.params["cn"] = vText(name)
    event.add("attendee", who, encode=False)
    if comment:
        event.add("comment", comment)
    return event
