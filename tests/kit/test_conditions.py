"""Trees of conditions: what is refused, what holds, and the laws that any tree and any facts keep."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.kit.conditions import (
    OPERATORS,
    ConditionInvalid,
    Facts,
    FieldType,
    Option,
    check,
    fields_of,
    holds,
    normalised,
)

FIELDS = {
    "text": FieldType(type="text"),
    "number": FieldType(type="number"),
    "boolean": FieldType(type="boolean"),
    "select": FieldType(type="select", options=[Option(value="low", label="Low"), Option(value="high", label="High")]),
    "member": FieldType(type="member"),
    "multi_select": FieldType(
        type="multi_select", options=[Option(value="a", label="A"), Option(value="b", label="B")]
    ),
    "list": FieldType(type="list"),
    "date": FieldType(type="date"),
    "datetime": FieldType(type="datetime"),
}
WORDS = st.sampled_from(["Älg", "älg", "ÄLG ", "straße", "STRASSE", "ﬁn", "Fin", "lamp", "low", "2026-05-01"])
NUMBERS = st.integers(-5, 5) | st.floats(-5, 5)
DATES = st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(str)


def _value(field: str, operator: str) -> st.SearchStrategy[Any]:
    if operator in ("is_empty", "is_filled"):
        return st.none()
    options = FIELDS[field].options
    single: st.SearchStrategy[Any] = {
        "number": NUMBERS,
        "boolean": st.booleans(),
        "date": DATES,
        "datetime": DATES,
    }.get(field, st.sampled_from([option.value for option in options]) if options else WORDS)
    if operator == "between":
        return st.tuples(single, single).map(sorted)
    return st.lists(single, min_size=1, max_size=3) if "_of" in operator else single


@st.composite
def _questions(draw: st.DrawFn) -> dict[str, Any]:
    field = draw(st.sampled_from(sorted(FIELDS)))
    operator = draw(st.sampled_from(OPERATORS[FIELDS[field].type]))
    return {"field": field, "operator": operator, "value": draw(_value(field, operator))}


TREES = st.recursive(
    _questions(),
    lambda inner: (
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"not": inner})
    ),
    max_leaves=6,
)
ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | WORDS
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC))
    | st.uuids()
    | st.lists(WORDS, max_size=3)
    | st.dictionaries(st.text(max_size=2), st.integers(), max_size=1)
)
FACTS = st.dictionaries(st.sampled_from([*FIELDS, "gone"]), ANYTHING)


@given(TREES, FACTS)
def test_whatever_passed_the_check_is_answered(tree: dict[str, Any], facts: dict[str, Any]) -> None:
    check(tree, FIELDS, "when")
    assert holds(tree, facts) in (True, False)
    assert fields_of(tree) <= set(FIELDS)


@given(TREES, TREES, FACTS)
def test_all_any_and_not_keep_their_laws(one: dict[str, Any], other: dict[str, Any], given_: dict[str, Any]) -> None:
    facts = Facts(given_)
    first, second = holds(one, facts), holds(other, facts)
    assert holds({"all": [one, other]}, facts) == (first and second)
    assert holds({"any": [one, other]}, facts) == (first or second)
    assert holds({"not": one}, facts) == (not first)
    assert holds({"not": {"any": [one, other]}}, facts) == holds({"all": [{"not": one}, {"not": other}]}, facts)


@given(FACTS)
def test_an_empty_condition_always_holds_and_asks_nothing(facts: dict[str, Any]) -> None:
    check({}, FIELDS, "when")
    assert holds({}, facts)
    assert holds({"all": []}, facts)
    assert fields_of({}) == set()


@given(_questions())
def test_a_field_that_is_not_there_never_holds(question: dict[str, Any]) -> None:
    assert not holds(question, {})


@given(WORDS, WORDS)
def test_texts_that_look_the_same_are_the_same(fact: str, value: str) -> None:
    asked = {"field": "text", "operator": "is", "value": value}
    assert holds(asked, {"text": fact}) == (normalised(fact) == normalised(value))


@given(st.text())
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize(
    ("field", "operator", "value", "fact"),
    [
        ("text", "is", "STRASSE", "straße"),
        ("text", "contains", "ÄLG", "En älg  står"),
        ("text", "contains", "älg står", "En älg  står"),
        ("text", "contains_not", "elk", None),
        ("text", "starts_with", "ｏｒｄｅｒ", "Order 12"),
        ("text", "ends_with", "12", "Order 12 "),
        ("text", "is_empty", None, ""),
        ("number", "between", [1, 2.5], 2),
        ("number", "less", 3, 2.9),
        ("number", "is_filled", None, 0),
        ("boolean", "is", False, None),
        ("select", "is_any_of", ["low", "high"], "high"),
        ("member", "is", "018f0000-0000-7000-8000-000000000000", UUID("018f0000-0000-7000-8000-000000000000")),
        ("multi_select", "has_any_of", ["a", "b"], ["b"]),
        ("multi_select", "has_all_of", ["a", "b"], ["b", "a"]),
        ("multi_select", "has_none_of", ["a"], None),
        ("list", "has_any_of", ["Info@Shop.example"], ["info@shop.example", "x@y.example"]),
        ("date", "is", "2026-05-01", date(2026, 5, 1)),
        ("date", "between", ["2026-05-01", "2026-05-31"], "2026-05-31"),
        ("datetime", "more", "2026-05-01", datetime(2026, 5, 1, 0, 0, 1, tzinfo=UTC)),
        ("datetime", "less", "2026-05-01T12:00:00+02:00", "2026-05-01T09:59:00Z"),
    ],
)
def test_what_holds(field: str, operator: str, value: Any, fact: Any) -> None:
    asked = {"field": field, "operator": operator, "value": value}
    check(asked, FIELDS, "when")
    assert holds(asked, {field: fact})


@pytest.mark.parametrize(
    ("field", "operator", "value", "fact"),
    [
        ("number", "is", 1, True),
        ("number", "less", 3, None),
        ("number", "between", [1, 2], "2026-05-01"),
        ("boolean", "is", True, "yes"),
        ("text", "is", "lamp", "lamps"),
        ("multi_select", "has_all_of", ["a", "b"], ["a"]),
        ("list", "has_any_of", ["a"], "a"),
        ("date", "less", "2026-05-01", "rubbish"),
    ],
)
def test_what_does_not_hold(field: str, operator: str, value: Any, fact: Any) -> None:
    asked = {"field": field, "operator": operator, "value": value}
    check(asked, FIELDS, "when")
    assert not holds(asked, {field: fact})


@pytest.mark.parametrize(
    ("tree", "at"),
    [
        ("always", "when"),
        ({"all": [{}]}, "when.all.0"),
        ({"some": []}, "when"),
        ({"all": {}}, "when.all"),
        ({"any": []}, "when.any"),
        ({"all": [], "any": []}, "when"),
        ({"not": []}, "when.not"),
        ({"field": "colour", "operator": "is", "value": "x"}, "when.field"),
        ({"field": ["text"], "operator": "is", "value": "x"}, "when.field"),
        ({"field": "text", "operator": "less", "value": "x"}, "when.operator"),
        ({"field": "text", "operator": "is", "value": " "}, "when.value"),
        ({"field": "text", "operator": "is", "value": "x", "case": True}, "when.case"),
        ({"field": "number", "operator": "is", "value": True}, "when.value"),
        ({"field": "number", "operator": "is", "value": float("inf")}, "when.value"),
        ({"field": "number", "operator": "between", "value": [2, 1]}, "when.value.1"),
        ({"field": "select", "operator": "is", "value": "highest"}, "when.value"),
        ({"field": "select", "operator": "is_any_of", "value": []}, "when.value"),
        ({"field": "multi_select", "operator": "has_any_of", "value": ["a", "c"]}, "when.value.1"),
        ({"field": "date", "operator": "is", "value": "2026-02-30"}, "when.value"),
        ({"all": [{"any": [{"not": {"field": "text", "operator": "is"}}]}]}, "when.all.0.any.0.not.value"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(tree: Any, at: str) -> None:
    with pytest.raises(ConditionInvalid) as refused:
        check(tree, FIELDS, "when")
    assert refused.value.field == at
    assert refused.value.message


def test_a_tree_has_an_end() -> None:
    question = {"field": "text", "operator": "is_filled"}
    deep: dict[str, Any] = question
    for _ in range(50):
        deep = {"not": deep}
    for tree in (deep, {"all": [question] * 101}):
        with pytest.raises(ConditionInvalid):
            check(tree, FIELDS, "when")
