"""Mails as the programs of real people write them: what is new, what is quoted and who wrote first is found in each."""

from __future__ import annotations

import pytest

from kanal.channelkit.messages import Said
from kanal.kinds.email.parse import parse
from tests.kinds.email.clients.cases import Case, cases
from tests.kinds.email.clients.languages import LANGUAGES
from tests.kinds.email.clients.programs import PROGRAMS
from tests.kinds.email.mails import raw

CASES = {case.name: case for case in cases()}


def said(case: Case) -> Said:
    (found,) = parse(raw(case.mail))
    assert isinstance(found, Said)
    return found


def words(text: str) -> list[str]:
    """Lines that say something, however the HTML spaced them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.original])
def test_new_words_of_an_answer_are_told_from_what_it_quotes(name: str) -> None:
    case = CASES[name]
    found = said(case)
    assert words(found.text) == words(case.new)
    assert all(line in found.quoted_text for line in words(case.old))
    assert found.forwarded is None
    if "-html" in name or "-both" in name:
        assert all(line not in found.html for line in words(case.old))
        assert found.quoted_html


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.original])
def test_eml_22_original_sender_of_a_forward_is_found(name: str) -> None:
    case = CASES[name]
    forwarded = said(case).forwarded
    assert forwarded is not None
    assert (forwarded.sender.handle.key, forwarded.sender.name) == (case.original, case.original_name)
    assert words(forwarded.text) == words(case.old)
    assert words(forwarded.note) == words(case.new)
    assert forwarded.subject == case.subject
    assert not case.sent or forwarded.sent == case.sent
    if "-html" in name or "-both" in name:
        assert all(line.replace("'", "&#39;") in forwarded.html or line in forwarded.html for line in words(case.old))
        assert case.original not in forwarded.html


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.original])
def test_forward_keeps_all_its_words_and_quotes_nothing(name: str) -> None:
    case = CASES[name]
    found = said(case)
    assert all(line in found.text for line in words(case.new) + words(case.old))
    assert (found.quoted_text, found.quoted_html) == ("", "")


def test_collection_holds_at_least_twelve_programs_in_six_languages() -> None:
    assert len(PROGRAMS) >= 12
    assert len(LANGUAGES) >= 6
    assert len(CASES) >= 12 * 6 * 4
