"""The words of the mails to members."""

from __future__ import annotations

from typing import get_args

import pytest

from kanal.notifications.letters import LETTERS, LINES, Facts, word
from kanal.people.models import Locale
from kanal.people.outbox import MailKind

FACTS = Facts(link="https://desk.example/a/a/tickets/1", account="A & Co", ticket="#1 <b>Lamp</b>", contact="Eva")


@pytest.mark.parametrize("locale", get_args(Locale))
@pytest.mark.parametrize("kind", [kind for kind in get_args(MailKind) if kind != "automation"])
def test_every_letter_is_there_in_every_language(kind: MailKind, locale: Locale) -> None:
    words = word(kind, locale, FACTS)
    assert "{" not in words.subject + words.text
    assert FACTS.link in words.text
    assert FACTS.link in words.html


def test_the_languages_say_the_same_things() -> None:
    assert LETTERS["en"].keys() == LETTERS["sv"].keys()
    assert LINES["en"].keys() == LINES["sv"].keys()


def test_what_people_wrote_stays_text() -> None:
    facts = Facts(link="https://x", account="A", ticket="#1 <b>Lamp</b>", said="<script>alert(1)</script>")
    words = word("contact_owner", "en", facts)
    assert "<script>" not in words.html
    assert "<b>" not in word("assigned", "en", facts).html


def test_files_that_stay_behind_are_named() -> None:
    facts = Facts(link="https://x", account="A", ticket="#1", left_out=["film.mp4"])
    assert "film.mp4" in word("contact_owner", "en", facts).text
