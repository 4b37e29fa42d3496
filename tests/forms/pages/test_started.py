"""When a form was shown, signed for that form."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kanal.forms.pages import started
from kanal.kit.crypto import Keyring

NOW = datetime(2026, 11, 23, 12, 0, 0, 5000, tzinfo=UTC)
FORM = uuid4()
KEYS = Keyring(["secret"])


def test_what_was_made_is_read_again() -> None:
    assert started.read(KEYS, FORM, started.make(KEYS, FORM, NOW)) == NOW


def test_it_is_of_no_use_to_another_form_or_under_another_key() -> None:
    made = started.make(KEYS, FORM, NOW)
    assert started.read(KEYS, uuid4(), made) is None
    assert started.read(Keyring(["other"]), FORM, made) is None


def test_a_rotated_key_still_reads_it() -> None:
    assert started.read(Keyring(["new", "secret"]), FORM, started.make(KEYS, FORM, NOW)) == NOW


@pytest.mark.parametrize("value", ["", ".", "1", "1.x", "x.eHh4", "²." + "A" * 16, "1." + "å" * 16, "9" * 90 + ".AAAA"])
def test_nothing_else_is_believed(value: str) -> None:
    assert started.read(KEYS, FORM, value) is None


def test_nor_an_earlier_time_under_the_same_seal() -> None:
    _, _, seal = started.make(KEYS, FORM, NOW).partition(".")
    assert started.read(KEYS, FORM, f"1.{seal}") is None
