"""Meetings in mails: what they ask, when in whose zone, and of which of our addresses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kanal.channelkit.messages import Attachment, Door, Invitation, Said
from kanal.kinds.email.invitations import invitation, read
from kanal.kinds.email.parse import parse
from tests.kinds.email.mails import raw

DOOR = Door(account_addresses=["support@firma.example"], rcpt_to=["x1@in.example"])
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Vår egen
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(start: str = "DTSTART:20260703T071200Z", *more: str, method: str = "REQUEST", zones: str = "") -> bytes:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//", f"METHOD:{method}", zones.strip(), "BEGIN:VEVENT", "UID:u-1",
        "SEQUENCE:2", "SUMMARY:Möte om lampan\\, igen", "LOCATION:Rum 1", "ORGANIZER;CN=Eva:mailto:Eva@kund.example",
        start, *more, "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(line.replace("\n", "\r\n") for line in lines if line).encode()


def found(body: bytes) -> Invitation:
    invited = read(body, DOOR)
    assert invited is not None
    return invited


def test_invitation_says_who_asks_for_what() -> None:
    invited = found(calendar())
    assert (invited.method, invited.uid, invited.sequence) == ("request", "u-1", 2)
    assert (invited.summary, invited.location, invited.organizer) == (
        "Möte om lampan, igen",
        "Rum 1",
        "eva@kund.example",
    )
    assert invited.source.startswith("BEGIN:VCALENDAR")


def test_attendee_is_the_one_of_our_addresses_that_was_asked() -> None:
    asked = ("ATTENDEE:mailto:bo@kund.example", "ATTENDEE;RSVP=TRUE;CN=Support:MAILTO:su\n pport+x@firma.example")
    assert found(calendar("DTSTART:20260703T071200Z", *asked)).attendee == "support+x@firma.example"
    assert found(calendar("DTSTART:20260703T071200Z", asked[0])).attendee == ""


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("DTSTART;TZID=Europe/Stockholm:20260703T091200", "Europe/Stockholm"),
        ("DTSTART;TZID=W. Europe Standard Time:20260703T091200", "Europe/Berlin"),
        ('DTSTART;TZID="/maker.example/1/Europe/Stockholm":20260703T091200', "Europe/Stockholm"),
        ("DTSTART;TZID=Vår egen:20260703T091200", ""),
        ("DTSTART:20260703T071200Z", "UTC"),
    ],
)
def test_time_is_one_moment_by_whatever_name_its_zone_goes(start: str, zone: str) -> None:
    invited = found(calendar(start, zones=OWN_ZONE))
    assert invited.starts_at == datetime(2026, 7, 3, 7, 12, tzinfo=UTC)
    assert invited.timezone == zone


def test_zone_of_its_own_knows_winter() -> None:
    invited = found(calendar("DTSTART;TZID=Vår egen:20261203T091200", zones=OWN_ZONE))
    assert invited.starts_at == datetime(2026, 12, 3, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize("end", ["DTEND:20260703T081200Z", "DURATION:PT1H"])
def test_end_is_stated_or_follows_from_how_long_it_lasts(end: str) -> None:
    assert found(calendar("DTSTART:20260703T071200Z", end)).ends_at == datetime(2026, 7, 3, 8, 12, tzinfo=UTC)


def test_whole_day_has_no_hours() -> None:
    invited = found(calendar("DTSTART;VALUE=DATE:20260703"))
    assert invited.all_day
    assert (invited.starts_at, invited.ends_at) == (
        datetime(2026, 7, 3, tzinfo=UTC),
        datetime(2026, 7, 4, tzinfo=UTC),
    )


def test_what_repeats_says_so_and_is_not_written_out() -> None:
    assert found(calendar("DTSTART:20260703T071200Z", "RRULE:FREQ=SECONDLY")).repeats
    assert not found(calendar()).repeats


def test_cancellation_and_answer_are_told_apart() -> None:
    assert found(calendar(method="CANCEL")).method == "cancel"
    answer = found(
        calendar("DTSTART:20260703T071200Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.example", method="REPLY")
    )
    assert (answer.method, answer.attendee, answer.answer) == ("reply", "b@x.example", "declined")


@pytest.mark.parametrize(
    "body",
    [
        calendar(method="PUBLISH"),
        b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n",
        b"METHOD:REQUEST\nhej",
        b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n",
        calendar("DTSTART:20260703T071200Z", *(["COMMENT:x"] * 5_000)),
        b"/etc/hostname",
        b"",
    ],
)
def test_what_asks_for_nothing_or_cannot_be_read_is_a_file_only(body: bytes) -> None:
    assert read(body, DOOR) is None


def test_calendar_that_comes_twice_in_one_mail_is_one_invitation() -> None:
    parts = b"".join(
        b"--x\r\nContent-Type: %s; method=REQUEST\r\n\r\n%s\r\n" % (kind, calendar())
        for kind in (b"text/calendar", b"application/ics")
    )
    head = b"From: eva@kund.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    (said,) = parse(raw(head + parts + b"--x--"))
    assert isinstance(said, Said)
    assert said.invitation is not None
    assert (said.invitation.uid, said.flags) == ("u-1", ["invitation"])


def test_broken_calendar_does_not_hide_the_next_one() -> None:
    files = [
        Attachment(name="invite.ics", content_type="text/calendar", data=data) for data in (b"METHOD:X", calendar())
    ]
    assert invitation(files, DOOR) is not None
