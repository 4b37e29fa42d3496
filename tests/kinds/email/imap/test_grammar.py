"""How IMAP writes names, dates and lists."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.kinds.email.imap import grammar
from kanal.kinds.email.imap.errors import Broken
from kanal.kinds.email.imap.grammar import Literal


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Skickade objekt", b'"Skickade objekt"'),
        ("Förfrågningar", b'"F&APY-rfr&AOU-gningar"'),
        ("Fråga & svar", b'"Fr&AOU-ga &- svar"'),
        ("台北", b'"&U,BTFw-"'),
        ('a"b\\c', b'"a\\"b\\\\c"'),
    ],
)
def test_names_of_folders_travel_in_modified_utf_7(name: str, wire: bytes) -> None:
    assert grammar.folder_on_the_wire(name) == wire
    assert grammar.folder_name(grammar.values([wire])[0]) == name


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_name_comes_back_as_it_went(name: str) -> None:
    assert grammar.folder_name(grammar.values([grammar.folder_on_the_wire(name)])[0]) == name


def test_a_server_that_writes_utf_8_is_read_all_the_same() -> None:
    assert grammar.folder_name("Förfrågningar".encode()) == "Förfrågningar"


def test_literals_strings_atoms_and_nil_are_told_apart() -> None:
    said = grammar.values([b'1 FETCH (UID 7 X NIL Y "NIL" BODY[] ', Literal(b")("), b" FLAGS (\\Seen $Junk))"])
    assert said[1] == "FETCH"
    items = {"UID": "7", "X": None, "Y": b"NIL", "BODY[]": b")(", "FLAGS": ["\\Seen", "$Junk"]}
    assert grammar.pairs(said[2]) == items


def test_a_status_response_gives_its_code_and_its_words() -> None:
    said = grammar.said(b"NO [authenticationfailed] Try again.")
    assert said == grammar.Said(word="NO", code="AUTHENTICATIONFAILED", text="Try again.")
    assert grammar.said(b"OK [UIDNEXT 4392] Predicted") == grammar.Said(
        word="OK", code="UIDNEXT", given="4392", text="Predicted"
    )
    assert grammar.said(b"12 EXISTS") is None


def test_dates_are_read_whatever_the_language_of_the_machine_and_written_so() -> None:
    assert grammar.date(b" 3-May-2026 10:20:30 +0200") == datetime(2026, 5, 3, 8, 20, 30, tzinfo=UTC)
    assert grammar.date(b"03-Mai-2026 10:20:30 +0200") is None
    assert grammar.date_on_the_wire(datetime(2026, 5, 3, 8, 20, 30, tzinfo=UTC)) == b'"03-May-2026 08:20:30 +0000"'


def test_numbers_in_a_row_are_named_by_their_ends() -> None:
    assert grammar.numbers([7, 1, 2, 3, 9, 10]) == b"1:3,7,9:10"


# Seconds: it takes one, and what grew with the square of the line would take hours.
@pytest.mark.timeout(90, method="signal")
@pytest.mark.parametrize("part", [b"[", b'"', b'\\"', b"(", b"{", b'"\\'])
def test_a_hostile_line_of_a_megabyte_is_read_to_its_end(part: bytes) -> None:
    with suppress(Broken):
        grammar.values([part * (1_000_000 // len(part))])
