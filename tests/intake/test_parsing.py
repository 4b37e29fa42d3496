"""Parsing happens in a child process that may run away, swell or die without harm to the desk."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from kanal.channelkit.messages import Door, Inbound, Raw, Said
from kanal.intake import child
from kanal.intake.child import storable
from kanal.intake.parsing import Parser
from kanal.kit import clock
from tests.make.said import party, said


class Rogue:
    """A kind whose parser does what the body tells it to."""

    name = "rogue"

    def parse(self, raw: Raw) -> list[Inbound]:
        word = raw.body.decode()
        if word == "die":
            os._exit(3)
        if word == "swell":
            bytearray(8_000_000_000)
        if word == "raise":
            raise ValueError("a fault")
        while word == "forever":
            pass
        return [said(word)]

    def unreadable(self, raw: Raw, why: str) -> Inbound:
        return Said(digest="", sender=party("unknown@nowhere.example"), text=why, raw_only=True)


def _raw(word: str) -> Raw:
    return Raw(body=word.encode(), received_at=clock.now(), door=Door())


async def _texts(*words: str) -> list[Any]:
    parser = Parser()
    try:
        parsed = await parser.parse(Rogue(), [_raw(word) for word in words])  # type: ignore[arg-type]
    finally:
        parser.close()
    return [inbound.text for (inbound,) in parsed if isinstance(inbound, Said)]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("die", "reading it took too much memory"),
        ("swell", "reading it took too much memory"),
        ("raise", "the reader gave up: ValueError"),
    ],
)
async def test_one_bad_message_is_shown_raw_and_its_neighbours_are_read(word: str, why: str) -> None:
    assert await _texts("before", word, "after") == ["before", why, "after"]


async def test_a_message_that_takes_forever_is_given_up() -> None:
    assert child.SECONDS_A_MESSAGE < 60
    parser = Parser()
    try:
        ((inbound,),) = await parser.parse(_Hasty(), [_raw("forever")])  # type: ignore[arg-type]
    finally:
        parser.close()
    assert isinstance(inbound, Said)
    assert inbound.text == "reading it took too long"


class _Hasty(Rogue):
    """Shortens the limit in the child, so that the test need not wait for the whole of it."""

    def parse(self, raw: Raw) -> list[Inbound]:
        signal.alarm(1)
        return super().parse(raw)


def test_texts_are_made_fit_for_the_database_and_ids_for_its_indexes() -> None:
    long = "x" * 3000
    fit = storable(said("a\x00b\ud800", external_id=long, in_reply_to=long))
    assert fit.text == "ab?"
    assert len(fit.external_id) == 64
    assert fit.evidence.in_reply_to == [fit.external_id]
