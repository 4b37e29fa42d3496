"""A whole form: what is displayed, hidden or unknown."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kanal.channelkit.submissions import SubmittedFile
from kanal.forms.filling import GivenFile, NotFilled, fill, sender, submitted
from kanal.forms.models import Field, FieldType, Value
from kanal.kit.db import document
from tests.make.forms import definition, field

KIND = field("kind", "select", options=["order", "other"])
ORDER = field("order", required=True, show_when={"field": "kind", "operator": "is", "value": "order"})


def test_a_field_that_is_not_displayed_is_neither_required_nor_answered() -> None:
    filled = fill(definition(KIND, ORDER), {"kind": ["other"], "order": ["17"]}, {})
    assert filled.answers == {"kind": "other"}
    assert filled.extra == {"order": "17"}


def test_a_field_that_is_displayed_is_required() -> None:
    with pytest.raises(NotFilled) as refused:
        fill(definition(KIND, ORDER), {"kind": ["order"]}, {})
    assert set(refused.value.errors) == {"order"}


def test_what_hangs_on_a_field_that_is_not_displayed_is_not_either() -> None:
    third = field("third", required=True, show_when={"field": "order", "operator": "is_filled"})
    assert fill(definition(KIND, ORDER, third), {"kind": ["other"], "order": ["17"]}, {}).answers == {"kind": "other"}


def test_unknown_names_are_kept_as_extra() -> None:
    came: dict[str, list[Any]] = {
        "name": ["Eva"],
        "plan": ["gold"],
        "tags": ["a", "b"],
        "empty": [""],
        "deep": [{"a": [1]}],
    }
    files = {"scan": [GivenFile(name="a.pdf", group="document", size=1)]}
    filled = fill(definition(field("name")), came, files)
    assert filled.answers == {"name": "Eva"}
    assert filled.extra == {"plan": "gold", "tags": ["a", "b"], "deep": {"a": [1]}, "scan": "a.pdf"}


@pytest.mark.parametrize(("came", "answer", "extra"), [(["web"], "web", {}), ([], "none", {}), ([{}], "none", None)])
def test_frm_8_a_hidden_field_has_what_the_address_gives_or_its_default(came: Any, answer: str, extra: Any) -> None:
    filled = fill(definition(field("source", hidden=True, required=True, default="none")), {"source": came}, {})
    assert filled.answers == {"source": answer}
    assert filled.extra == ({"source": {}} if extra is None else extra)


@pytest.mark.parametrize("property_", ["ticket.pipeline", "ticket.status"])
def test_frm_4_where_a_ticket_begins_is_not_the_visitors_to_say(property_: str) -> None:
    hidden = field("begin", "select", hidden=True, property=property_, default="new", options=["new", "old"])
    filled = fill(definition(hidden), {"begin": ["old"]}, {})
    assert filled.answers == {"begin": "new"}
    assert filled.extra == {"begin": "old"}


def test_every_field_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(NotFilled) as refused:
        fill(definition(field("a", required=True), field("b", "email"), field("c")), {"b": ["b"], "c": ["c"]}, {})
    assert set(refused.value.errors) == {"a", "b"}


def test_the_form_with_its_answers_can_be_read_again() -> None:
    form = definition(KIND, ORDER, field("scan", "file"), field("from", hidden=True, default="web", label="From"))
    filled = fill(form, {"kind": ["other"], "from": ["web"]}, {})
    scan = SubmittedFile(name="a.pdf", content_type="application/pdf", size=1, blob="b")
    fields = submitted(form, filled.answers, {"scan": [scan]})
    assert [(each.name, each.value, each.files, each.chosen) for each in fields] == [
        ("kind", "other", [], True),
        ("scan", None, [scan], True),
        ("from", "web", [], False),
    ]


def test_whoever_sent_it_is_known_by_the_contacts_email() -> None:
    emails = field("other", "email"), field("own", "email", property="contact.email")
    form = definition(*emails, field("name", property="contact.name"))
    party = sender(submitted(form, {"other": "a@kund.example", "own": "Eva@Kund.example", "name": "Eva"}, {}))
    assert party is not None
    assert (party.handle.kind, party.handle.key, party.name) == ("email", "eva@kund.example", "Eva")


def test_without_an_email_nobody_is_known() -> None:
    form = definition(field("email", "email"), field("name", property="contact.name"))
    assert sender(submitted(form, {"name": "Eva"}, {})) is None


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(some.characters()),
    lambda each: some.lists(each, max_size=3) | some.dictionaries(some.text(), each, max_size=3),
    max_leaves=5,
)
NAMES = some.sampled_from(["a", "b", "c", "d"])
DEFAULTS: some.SearchStrategy[Value] = some.none() | some.text() | some.integers() | some.booleans()


@some.composite
def forms(draw: some.DrawFn) -> list[Field]:
    questions = [{"field": "a", "operator": operator, "value": "x"} for operator in ("is", "less", "has_any_of")]
    return [
        field(
            name,
            draw(some.sampled_from(get_args(FieldType))),
            required=draw(some.booleans()),
            hidden=draw(some.booleans()),
            default=draw(DEFAULTS),
            options=["x", "y"],
            show_when=draw(some.none() | some.sampled_from([*questions, {"not": questions[0]}])),
        )
        for name in ("a", "b", "c")
    ]


@given(
    forms(),
    some.dictionaries(NAMES | some.text(), some.lists(JSON, max_size=3)),
    some.dictionaries(NAMES, some.lists(some.builds(GivenFile), max_size=2)),
)
def test_whatever_is_sent_is_answers_or_errors_and_can_be_stored(
    fields: list[Field], came: dict[str, list[Any]], files: dict[str, list[GivenFile]]
) -> None:
    form = definition(*fields)
    try:
        filled = fill(form, came, files)
        document(filled)
        answers = filled.answers
    except NotFilled as refused:
        answers = {**refused.errors}
    assert set(answers) <= {"a", "b", "c"}
    sender(submitted(form, answers, {}))
