"""Meetings that come in Outlook's own container are read, shown and answered like every other one."""

from __future__ import annotations

import base64
import struct
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from kanal.channelkit.messages import Said
from kanal.kinds.email.parse import parse
from kanal.kit import clock, itip
from tests.kinds.email.mails import raw

APPOINTMENT = bytes.fromhex("0220060000000000c000000000000046")
MEETING = bytes.fromhex("90dad86e0b451b1098da00aa003f1305")
STARTS = datetime(2026, 7, 3, 7, 12, tzinfo=UTC)
LONG_ID = bytes.fromhex("040000008200E00074C5B7101A82E00807EA0703") + bytes(20) + b"\x10\x00\x00\x00" + b"A" * 16


def thing(level: int, name: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def filetime(at: datetime) -> bytes:
    return struct.pack("<Q", int((at - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000)


def named(guid: bytes, number: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HH", kind, 0x8001 + number % 0x100) + guid + struct.pack("<II", 0, number) + value


def words(text: str) -> bytes:
    data = (text + "\0").encode("utf-16-le")
    return struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 4)


def blob(data: bytes) -> bytes:
    return struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 4)


def container(
    message_class: str = "IPM.Microsoft Schedule.MtgReq", *, whole_day: bool = False, starts: datetime = STARTS
) -> bytes:
    properties = [
        named(APPOINTMENT, 0x820D, 0x40, filetime(starts)),
        named(APPOINTMENT, 0x820E, 0x40, filetime(starts + timedelta(hours=1))),
        named(APPOINTMENT, 0x8208, 0x1F, words("Rum 1, våning 2")),
        named(APPOINTMENT, 0x8215, 0x0B, struct.pack("<I", whole_day)),
        named(APPOINTMENT, 0x8201, 0x03, struct.pack("<I", 4)),
        named(MEETING, 0x0003, 0x102, blob(LONG_ID)),
        struct.pack("<HH", 0x1F, 0x0037) + words("Möte om lampan"),
    ]
    return (
        b"\x78\x9f\x3e\x22\x01\x00"
        + thing(1, 0x9006, 8, struct.pack("<I", 0x10000))
        + thing(1, 0x9007, 6, struct.pack("<II", 1252, 0))
        + thing(1, 0x8008, 7, message_class.encode() + b"\0")
        + thing(1, 0x9003, 6, struct.pack("<I", len(properties)) + b"".join(properties))
    )


def said(data: bytes) -> Said:
    head = b"From: Eva <eva@kund.example>\r\nTo: support@firma.example\r\nContent-Type: application/ms-tnef\r\n"
    head += b"Content-Transfer-Encoding: base64\r\n\r\n"
    (found,) = parse(raw(head + base64.encodebytes(data)))
    assert isinstance(found, Said)
    return found


def test_request_is_an_invitation_from_whoever_sent_it() -> None:
    found = said(container())
    invited = found.invitation
    assert invited is not None
    assert (invited.method, invited.summary, invited.location) == ("request", "Möte om lampan", "Rum 1, våning 2")
    assert (invited.starts_at, invited.ends_at) == (STARTS, STARTS + timedelta(hours=1))
    assert (invited.organizer, invited.sequence) == ("eva@kund.example", 4)
    assert found.flags == ["invitation", "tnef"]
    assert [each.name for each in found.attachments] == ["invite.ics"]


def test_number_of_the_meeting_is_that_of_the_whole_series() -> None:
    invited = said(container()).invitation
    assert invited is not None
    assert invited.uid == (LONG_ID[:16] + bytes(4) + LONG_ID[20:]).hex().upper()


def test_it_can_be_answered() -> None:
    invited = said(container()).invitation
    assert invited is not None
    answer = itip.reply(invited.source, "support@firma.example", "Ann", "accepted", "", clock.now())
    assert "PARTSTAT=ACCEPTED" in answer
    assert invited.uid in answer.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("message_class", "method", "answer"),
    [
        ("IPM.Schedule.Meeting.Canceled", "cancel", ""),
        ("IPM.Microsoft Schedule.MtgRespP", "reply", "accepted"),
        ("IPM.Schedule.Meeting.Resp.Neg", "reply", "declined"),
    ],
)
def test_cancellation_and_answer_are_told_apart(
    message_class: str, method: str, answer: Literal["", "accepted", "declined"]
) -> None:
    invited = said(container(message_class)).invitation
    assert invited is not None
    assert (invited.method, invited.answer) == (method, answer)


def test_whole_day_is_the_day_of_whoever_asks() -> None:
    midnight_in_stockholm = datetime(2026, 7, 2, 22, 0, tzinfo=UTC)
    invited = said(container(whole_day=True, starts=midnight_in_stockholm)).invitation
    assert invited is not None
    assert (invited.all_day, invited.starts_at) == (True, datetime(2026, 7, 3, tzinfo=UTC))


def test_ordinary_mail_in_the_container_invites_to_nothing() -> None:
    found = said(container("IPM.Microsoft Mail.Note"))
    assert (found.invitation, found.flags) == (None, ["tnef"])
