"""Mails that were damaged on the way: whatever happens to them, something comes out and nothing is raised."""

from __future__ import annotations

import pickle

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.channelkit.messages import Inbound, Receipt, Said
from kanal.kinds.email.parse import parse, unreadable
from tests.kinds.email.mails import fixture, fixtures, parse_or_unreadable, raw

MAILS = [path.read_bytes() for path in fixtures()]
RUNS = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
mails = st.sampled_from(MAILS)


def message_of(found: list[Inbound]) -> Said:
    assert found
    first = found[0].report if isinstance(found[0], Receipt) else found[0]
    assert isinstance(first, Said)
    return first


def storable(said: Said) -> None:
    """What a database and a screen take: no control characters, no half characters, one-line values in one line."""
    msgspec.json.encode(said)
    said.text.encode()
    said.html.encode()
    assert "\x00" not in said.text + said.html + said.quoted_text + said.quoted_html
    values = [said.subject, said.sender.name, said.sender.handle.key, said.external_id]
    values += [name for each in said.attachments for name in (each.name, each.content_id, each.content_type)]
    values += [*said.evidence.references, *said.evidence.in_reply_to, *said.evidence.tokens]
    assert not [value for value in values if set(value) & set("\x00\r\n\u2028\u202e")]
    assert not [each.name for each in said.attachments if "/" in each.name or "\\" in each.name or not each.name]
    assert said.sender.handle.key
    assert said.external_id


@RUNS
@given(mails, st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=30))
def test_flipped_bytes(mail: bytes, flips: list[tuple[int, int]]) -> None:
    damaged = bytearray(mail or b"x")
    for place, value in flips:
        damaged[place % len(damaged)] = value
    storable(message_of(parse_or_unreadable(raw(bytes(damaged)))))


@RUNS
@given(mails, st.floats(0, 1))
def test_cut_off(mail: bytes, share: float) -> None:
    storable(message_of(parse_or_unreadable(raw(mail[: int(len(mail) * share)]))))


@RUNS
@given(mails, st.randoms(use_true_random=False))
def test_lines_shuffled(mail: bytes, random: object) -> None:
    head, blank, body = mail.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    random.shuffle(lines)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    storable(message_of(parse_or_unreadable(raw(b"\r\n".join(lines) + blank + body))))


@RUNS
@given(mails, mails, st.integers(0, 5_000))
def test_one_mail_inside_another(mail: bytes, other: bytes, place: int) -> None:
    storable(message_of(parse_or_unreadable(raw(mail[:place] + other + mail[place:]))))


@RUNS
@given(mails, st.integers(1, 5))
def test_doubled_boundaries_and_lines(mail: bytes, every: int) -> None:
    lines = mail.split(b"\r\n")
    doubled = [each for n, line in enumerate(lines) for each in [line] * (2 if n % every == 0 else 1)]
    storable(message_of(parse_or_unreadable(raw(b"\r\n".join(doubled)))))


@RUNS
@given(st.binary(max_size=4_000))
def test_random_bytes(body: bytes) -> None:
    storable(message_of(parse_or_unreadable(raw(body))))


@RUNS
@given(st.binary(max_size=4_000), st.text(max_size=300), st.text(max_size=50))
def test_last_resort_never_raises(body: bytes, why: str, mail_from: str) -> None:
    said = unreadable(raw(body, mail_from=mail_from), why)
    assert said.raw_only
    storable(said)


@RUNS
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=200))
def test_words_of_a_part_survive_what_happens_to_its_neighbour(words: str) -> None:
    head = b"From: eva@kund.example\r\nContent-Type: multipart/mixed; boundary=grans-1\r\n\r\n--grans-1\r\n"
    part = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode() + b"\r\n--grans-1\r\n"
    broken = b"Content-Type: \xff\xfe;;=\r\nContent-Transfer-Encoding: base64\r\n\r\n=== not base64 \x00\x01"
    found = message_of(parse(raw(head + part + broken)))
    assert words.strip() in found.text + found.quoted_text


@RUNS
@given(mails)
def test_result_travels_between_processes_and_is_the_same_each_time(mail: bytes) -> None:
    first, second = parse(raw(mail)), parse(raw(mail))
    assert pickle.loads(pickle.dumps(first)) == second


def test_unreadable_keeps_what_can_be_made_out() -> None:
    said = unreadable(raw(fixture("charset/utf8-with-broken-bytes")), "RecursionError")
    assert (said.sender.handle.key, said.subject) == ("eva@kund.example", "Trasig lampa")
    assert "RecursionError" in said.text
    assert said.raw_only
