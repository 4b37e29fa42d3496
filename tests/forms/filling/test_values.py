"""What each type of field takes, and in which form it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.forms.filling import GivenFile, NotFilled, fill
from kanal.forms.models import Field
from tests.make.forms import definition, field

COLOURS = field("f", "select", options=["red", "green"])
BOTH = field("f", "multi_select", options=["red", "green", "blue"])
KEPT: list[tuple[Field, list[Any], Any]] = [
    (field("f"), ["  a \n b\0 "], "a b"),
    (field("f"), [5], "5"),
    (field("f"), ["\u200b"], None),
    (field("f", "long_text"), [" one\r\ntwo "], "one\ntwo"),
    (field("f", "email"), [" Eva@Kund.example "], "Eva@Kund.example"),
    (field("f", "phone", limits={"region": "SE"}), ["08-123 456 78"], "+46812345678"),
    (field("f", "phone"), ["+46 8 123 456 78"], "+46812345678"),
    (field("f", "number"), ["1,5"], 1.5),
    (field("f", "number"), ["1 000"], 1000),
    (field("f", "number"), ["1,000"], 1000),
    (field("f", "number"), ["1,000.5"], 1000.5),
    (field("f", "number"), ["\u22123"], -3),
    (field("f", "number"), [0], 0),
    (field("f", "date"), ["2026-05-31"], "2026-05-31"),
    (COLOURS, ["green"], "green"),
    (COLOURS, ["green", "green"], "green"),
    (BOTH, ["blue", "red", "blue"], ["red", "blue"]),
    (field("f", "checkbox"), ["on"], True),
    (field("f", "checkbox"), ["0", "1"], True),
    (field("f", "checkbox"), [True], True),
    (field("f", "checkbox"), [], False),
    (field("f", "consent"), ["false"], False),
]
WRONG: list[tuple[Field, list[Any], str]] = [
    (field("f", required=True), [" "], "Fill this in."),
    (field("f", limits={"max_length": 3}), ["four"], "at most 3"),
    (field("f", limits={"min_length": 3}), ["ab"], "at least 3"),
    (field("f"), ["one", "two"], "one answer"),
    (field("f"), [{"a": 1}], "Write text."),
    (field("f"), [True], "Write text."),
    (field("f", "long_text"), ["x" * 20_001], "at most 20000"),
    (field("f", "email"), ["eva"], "eva@example.com"),
    (field("f", "email"), ["eva@kund"], "eva@example.com"),
    (field("f", "phone"), ["08-123 456 78"], "country"),
    (field("f", "number"), ["many"], "a number"),
    (field("f", "number"), ["1e5"], "a number"),
    (field("f", "number"), [10**5000], "Write text."),
    (field("f", "number", limits={"min": 2}), ["1"], "2 or more"),
    (field("f", "number", limits={"max": 2}), ["3"], "2 or less"),
    (field("f", "date"), ["31/5/2026"], "2026-05-31"),
    (field("f", "date", limits={"min": "2026-01-01"}), ["2025-12-31"], "2026-01-01 or later"),
    (field("f", "date", limits={"max": "2026-01-01"}), ["2026-01-02"], "2026-01-01 or earlier"),
    (COLOURS, ["blue"], "one of the choices"),
    (field("f", "select", options=["a"], required=True), [], "Choose one."),
    (BOTH, ["red", "pink"], "one of the choices"),
    (field("f", "consent", required=True), [], "Tick this"),
    (field("f", "checkbox", required=True), ["off"], "Tick this"),
    (field("f", "checkbox"), ["maybe"], "Tick it"),
    (field("f", "file", required=True), [""], "Choose a file."),
    (field("f", "file"), ["me.jpg"], "Choose a file."),
]
PHOTO = GivenFile(name="me.jpg", group="image", size=2_000)


@pytest.mark.parametrize(("one", "came", "kept"), KEPT)
def test_it_is_kept_in_one_form(one: Field, came: list[Any], kept: Any) -> None:
    assert fill(definition(one), {"f": came}, {}).answers.get("f") == kept


@pytest.mark.parametrize(("one", "came", "mend"), WRONG)
def test_what_is_wrong_is_told_beside_the_field(one: Field, came: list[Any], mend: str) -> None:
    with pytest.raises(NotFilled) as refused:
        fill(definition(one), {"f": came}, {})
    assert mend in refused.value.errors["f"]


def test_a_swedish_form_reads_and_answers_in_swedish() -> None:
    number = field("f", "number", limits={"max": 2.5})
    assert fill(definition(number, language="sv"), {"f": ["1,500"]}, {}).answers == {"f": 1.5}
    with pytest.raises(NotFilled) as refused:
        fill(definition(number, language="sv"), {"f": ["3"]}, {})
    assert refused.value.errors == {"f": "Skriv 2,5 eller mindre."}


def test_files_are_named_in_the_answer() -> None:
    one = field("f", "file", limits={"files": 2, "file_groups": ["image"]})
    assert fill(definition(one), {"f": [""]}, {"f": [PHOTO, PHOTO]}).answers == {"f": ["me.jpg", "me.jpg"]}


@pytest.mark.parametrize(
    ("limits", "mend"),
    [
        ({}, "1 files at most"),
        ({"files": 2, "file_bytes": 1_500}, "me.jpg is too large; a file may have 0.0015 MB"),
        ({"files": 2, "file_groups": ["document", "archive"]}, "me.jpg is not a kind of file"),
    ],
)
def test_too_many_too_large_or_other_files_are_refused(limits: dict[str, Any], mend: str) -> None:
    with pytest.raises(NotFilled) as refused:
        fill(definition(field("f", "file", limits=limits)), {}, {"f": [PHOTO, PHOTO]})
    assert mend in refused.value.errors["f"]
