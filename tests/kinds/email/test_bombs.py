"""Mails made to exhaust a parser: each gives a clear result in bounded time and memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from kanal.channelkit.messages import Said
from kanal.kinds.email.parse import parse
from tests.kinds.email.mails import raw

pytestmark = pytest.mark.timeout(90, method="signal")
"""Seconds after which a test hangs: each takes one or two, and what grows with the square of its mail takes hours."""
HEAD = b"From: eva@kund.example\r\nTo: support@firma.example\r\nSubject: Bomb\r\nMessage-ID: <1@kund.example>\r\n"


def said(body: bytes) -> Said:
    (found,) = parse(raw(body))
    assert isinstance(found, Said)
    return found


def html(body: str) -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + body.encode()


def plain(body: str) -> bytes:
    return HEAD + b"\r\n" + body.encode()


def forward(body: str) -> bytes:
    return plain(body).replace(b"Subject: Bomb", b"Subject: VB: Bomb")


def calendar(body: str) -> bytes:
    whole = f"BEGIN:VCALENDAR\nMETHOD:REQUEST\n{body}END:VCALENDAR\n"
    return HEAD + b"Content-Type: text/calendar; method=REQUEST\r\n\r\n" + whole.encode()


def parts(count: int) -> bytes:
    each = b"--x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nhej\r\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + each * count + b"--x--\r\n"


def nested(depth: int) -> bytes:
    opened = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)]
    return HEAD + b"".join(opened) + b"\r\nInnermost\r\n"


def nested_mails(depth: int) -> bytes:
    return (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * depth + HEAD + b"\r\nInnermost\r\n"


def test_ten_thousand_parts_are_cut_and_say_so() -> None:
    found = said(parts(10_000))
    assert found.flags == ["truncated"]
    assert len(found.attachments) == 200


def test_two_hundred_levels_are_cut_and_say_so() -> None:
    found = said(nested(200))
    assert found.flags == ["truncated"]
    assert b"Innermost" in found.attachments[0].data


def test_mails_in_mails_are_one_file() -> None:
    found = said(nested_mails(200))
    assert [each.content_type for each in found.attachments] == ["message/rfc822"]


def test_twenty_thousand_authors_are_one_sender() -> None:
    listed = ", ".join(f"Person {n} <p{n}@kund.example>" for n in range(20_000))
    found = said(b"From: " + listed.encode() + b"\r\nSubject: x\r\n\r\nhej")
    assert found.sender.handle.key == "p0@kund.example"
    assert found.text == "hej"


def test_twenty_thousand_recipients_are_cut() -> None:
    listed = ",\r\n ".join(f"p{n}@kund.example" for n in range(20_000))
    found = said(HEAD + b"Cc: " + listed.encode() + b"\r\n\r\nhej")
    assert len(found.recipients) == 200
    assert found.flags == ["truncated"]
    assert found.text == "hej"


def test_header_line_of_a_megabyte_is_cut_and_the_body_is_read() -> None:
    found = said(HEAD + b"X-Long: " + b"a" * 1_000_000 + b"\r\n\r\nhej")
    assert found.flags == ["truncated"]
    assert (found.subject, found.text) == ("Bomb", "hej")


def test_nested_comments_are_no_recursion() -> None:
    found = said(b"From: " + b"(" * 50_000 + b"x" + b")" * 50_000 + b" eva@kund.example\r\nSubject: x\r\n\r\nhej")
    assert found.text == "hej"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "unclosed quotes in From": lambda: b'From: "' + b'\\"' * 100_000 + b" <eva@kund.example>\r\n\r\nhej",
    "unclosed brackets in From": lambda: b"From: " + b"<" * 200_000 + b"\r\n\r\nhej",
    "colons in From": lambda: b"From: " + b"a:" * 100_000 + b" <eva@kund.example>\r\n\r\nhej",
    "words in From": lambda: b"From: " + b"a " * 100_000 + b"\r\n\r\nhej",
    "half encoded words": lambda: HEAD + b"X: y\r\nSubject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\nhej",
    "encoded words": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 15_000 + b"\r\n\r\nhej",
    "references": lambda: HEAD + b"References: " + b"<a@b> <" * 30_000 + b"\r\n\r\nhej",
    "parameters": lambda: HEAD + b"Content-Type: text/plain; " + b"a=b; " * 40_000 + b"\r\n\r\nhej",
    "parameter pieces": lambda: (
        HEAD
        + b"Content-Type: text/plain; "
        + b"".join(b"name*%d*=x; " % (n % 999) for n in range(15_000))
        + b"\r\n\r\nhej"
    ),
    "lines without colon": lambda: b"x\r\n" * 80_000 + b"\r\n\r\nhej",
    "boundaries side by side": lambda: (
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n" * 200_000
    ),
    "almost boundaries": lambda: HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x \t" * 200_000,
    "levels of quotation": lambda: plain((">" * 500 + " x\n") * 2_000),
    "almost attributions": lambda: plain("On 3 March 2026 at 09:12 Eva wrote " * 30_000),
    "attribution lines": lambda: plain("On 3 March 2026 Eva wrote:\nsvar\n" * 30_000),
    "header blocks": lambda: plain("From: x\nSent: y\n" * 60_000),
    "underscores": lambda: plain("_" * 1_000_000),
    "dashes": lambda: plain("-----" * 200_000),
    "pgp heads": lambda: plain("-----BEGIN PGP SIGNED MESSAGE-----\n" * 20_000),
    "pgp messages": lambda: plain("-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----\n" * 20_000),
    "flowed text": lambda: HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"abc \r\n" * 200_000,
    "unlabelled bytes": lambda: HEAD + b"\r\n" + bytes(range(128, 256)) * 20_000,
    "deep html": lambda: html("<div>" * 100_000 + "x"),
    "deep blockquotes": lambda: html("<blockquote type=cite>" * 1_900 + "x"),
    "many blockquotes": lambda: html("<p>On 3 March 2026, Eva wrote:</p><blockquote>x</blockquote>y" * 10_000),
    "many bold words": lambda: html("<div><b>From:</b> x</div>" * 20_000),
    "nested bold words": lambda: html("<div><b>From:</b>" * 900),
    "many attributes": lambda: html("<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x"),
    "formatting never closed": lambda: html("<b><i><u>" * 600 + "<p>x</p>" * 500),
    "tables": lambda: html("<table><tr><td>" * 20_000),
    "images": lambda: html('<img src="https://x.example/1.gif">' * 40_000),
    "entities": lambda: html("&amp;" * 300_000),
    "angles": lambda: html("<" * 1_000_000),
    "comments never closed": lambda: html("<!--" * 200_000),
    "styles": lambda: html('<p style="' + "color:red;" * 100_000 + '">x'),
    "forwards below each other": lambda: forward(
        "---------- Forwarded message ---------\nFrom: e@x.example\n\n" * 20_000
    ),
    "heads that never end": lambda: forward("From: e@x.example\nSent: 1\nTo: a\nCc: b\n" * 20_000),
    "labels run together": lambda: forward("----- Forwarded Message -----\nFrom: <e@x.example>" + "To: x" * 50_000),
    "labels without values": lambda: forward("From:\n\nSent:\n\nTo:\n" * 30_000),
    "spaces behind a label": lambda: forward("From:" + " " * 500_000 + "\n" + ("Sent:" + " " * 3_000 + "\n") * 200),
    "almost one sentence": lambda: forward(('Den 3 mars skrev "' + "a " * 200 + '" följande\n') * 1_000),
    "sentences with an address": lambda: forward(("Den 3 mars skrev " + "ab " * 180 + "<e@x.example>:\n") * 500),
    "leading marks": lambda: forward(("> *_|" * 600 + "From\n") * 300),
    "heads in html": lambda: html("<div><b>From:</b> e@x.example</div><div><b>Sent:</b> x</div>" * 10_000),
    "links in html": lambda: html('<a href="mailto:e@x.example">Eva</a>' * 20_000),
    "nested links in html": lambda: html('<div><a href="mailto:e@x.example">Eva' * 900),
    "lines of preformatted text": lambda: html("<pre>" + "x\n" * 300_000 + "</pre>"),
    "ways to unsubscribe": lambda: plain("unsubscribe " * 80_000),
    "mails attached to mails": lambda: nested_mails(20),
    "calendar of zones": lambda: calendar("BEGIN:VTIMEZONE\n" * 3_900),
    "calendar of properties": lambda: calendar("ATTENDEE;CN=x:mailto:e@x.example\n" * 3_900),
    "calendar that repeats each second": lambda: calendar(
        "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
        "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=x:20260303T091200\n"
        "RRULE:FREQ=SECONDLY\nEND:VEVENT\n"
    ),
    "calendars": lambda: parts(200).replace(b"text/plain; name=a.txt", b"text/calendar; name=a.ics"),
    "winmail.dat of empty objects": lambda: (
        HEAD
        + b"Content-Type: application/ms-tnef\r\n\r\n"
        + b"\x78\x9f\x3e\x22\x01\x00"
        + b"\x01\x01\x00\x01\x00\x00\x00\x00\x00\x00\x00" * 100_000
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_to_its_end(name: str) -> None:
    said(HOSTILE[name]())


def test_memory_stays_in_proportion_to_the_mail() -> None:
    body = parts(10_000) + b"x" * 5_000_000
    tracemalloc.start()
    said(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * len(body)
