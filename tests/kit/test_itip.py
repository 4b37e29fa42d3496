"""The answer to an invitation, as another calendar reads it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from kanal.kit import itip

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
INVITATION = """BEGIN:VCALENDAR
PRODID:-//Other//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:meet-1@kund.example
SEQUENCE:2
ORGANIZER;CN=Eva Ek:mailto:eva@kund.example
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:support@demo.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@kund.example
DTSTART;TZID=Europe/Stockholm:20261201T100000
DTEND;TZID=Europe/Stockholm:20261201T110000
SUMMARY:Lamps\\, and how they break
DESCRIPTION:secret
END:VEVENT
END:VCALENDAR
"""


def test_the_answer_is_about_the_same_event_and_speaks_for_one_person() -> None:
    source = itip.reply(INVITATION, "support@demo.example", "Ann", "accepted", "With cake", NOW)
    calendar = Calendar.from_ical(source)
    [event] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REPLY"
    assert (event["UID"], event["SEQUENCE"]) == ("meet-1@kund.example", 2)
    assert event["ATTENDEE"] == "mailto:support@demo.example"
    assert (event["ATTENDEE"].params["PARTSTAT"], event["ATTENDEE"].params["CN"]) == ("ACCEPTED", "Ann")
    assert (event["COMMENT"], event.decoded("DTSTAMP")) == ("With cake", NOW)
    assert event["DTSTART"].to_ical() == b"20261201T100000"
    assert "secret" not in source


def test_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="hello"):
        itip.reply("hello", "support@demo.example", "", "declined", "", NOW)


def test_a_comment_cannot_add_a_line_of_its_own() -> None:
    source = itip.reply(INVITATION, "support@demo.example", "", "declined", "no\r\nATTENDEE:mailto:x@y.example", NOW)
    [event] = Calendar.from_ical(source).walk("VEVENT")
    assert event["ATTENDEE"] == "mailto:support@demo.example"
