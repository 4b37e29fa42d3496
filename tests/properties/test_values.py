"""Values of custom properties: what is taken, in which form it is kept, and what is said about the rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.properties import rules
from kanal.properties.builtin import BUILTIN
from kanal.properties.errors import PropertyInvalid
from kanal.properties.models import Catalogue, Limits, Option, Property, PropertyType

ANA = UUID("018f0000-0000-7000-8000-00000000000a")
LAMPS = [
    Option(value="floor", label="Floor"),
    Option(value="desk", label="Desk"),
    Option(value="old", label="Old", archived=True),
]


def catalogue(type_: PropertyType, **limits: Any) -> Catalogue:
    options = LAMPS if type_ in rules.CHOICES else []
    own = Property(
        id=UUID(int=1),
        object="ticket",
        key="own",
        label="Own",
        help="",
        type=type_,
        builtin=False,
        options=options,
        limits=Limits(**limits),
        position=0,
        archived=False,
    )
    return Catalogue(properties=[*BUILTIN, own], members=frozenset({ANA}))


@pytest.mark.parametrize(
    ("type_", "given_", "kept"),
    [
        ("text", "  order\n 12\x00 ", "order 12"),
        ("long_text", "a\r\nb ", "a\nb"),
        ("text", "  ", None),
        ("number", 5.0, 5),
        ("number", -2.5, -2.5),
        ("boolean", False, False),
        ("select", "desk", "desk"),
        ("multi_select", ["desk", "floor", "desk"], ["floor", "desk"]),
        ("multi_select", [], None),
        ("date", "2026-05-31", "2026-05-31"),
        ("datetime", "2026-05-31T14:30+02:00", "2026-05-31T12:30:00Z"),
        ("url", "shop.example/orders?id=1", "https://shop.example/orders?id=1"),
        ("email", " Eva@Shop.example ", "Eva@Shop.example"),
        ("phone", "+46812345678", "+46 8 123 456 78"),
        ("member", str(ANA).upper(), str(ANA)),
        ("text", None, None),
    ],
)
def test_a_value_is_kept_in_one_form(type_: PropertyType, given_: Any, kept: Any) -> None:
    assert rules.checked(catalogue(type_), "ticket", {"own": given_}) == {"own": kept}


@pytest.mark.parametrize(
    ("type_", "given_"),
    [
        ("text", 5),
        ("text", "x" * 1_001),
        ("number", "5"),
        ("number", True),
        ("number", float("nan")),
        ("number", 10**16),
        ("boolean", "yes"),
        ("select", "ceiling"),
        ("select", "old"),
        ("select", ["desk"]),
        ("multi_select", "desk"),
        ("multi_select", ["desk", 1]),
        ("date", "2026-02-30"),
        ("datetime", "2026-05-31T14:30"),
        ("datetime", "0001-01-01T00:00+14:00"),
        ("url", "javascript:alert(1)"),
        ("url", "https://"),
        ("url", "http://[::1"),
        ("email", "eva at shop"),
        ("phone", "08-123 456 78"),
        ("phone", "call me"),
        ("member", "Ana"),
        ("member", str(UUID(int=5))),
    ],
)
def test_what_is_wrong_is_named_with_the_mend(type_: PropertyType, given_: Any) -> None:
    with pytest.raises(PropertyInvalid) as refused:
        rules.checked(catalogue(type_), "ticket", {"own": given_})
    assert refused.value.field == "custom.own"
    assert refused.value.message


@pytest.mark.parametrize(
    ("type_", "limits", "right", "wrong"),
    [
        ("number", {"min": 1, "max": 5.5}, 5.5, 6),
        ("number", {"decimals": 0}, 3, 3.5),
        ("number", {"decimals": 2}, 0.25, 0.255),
        ("text", {"min_length": 3, "max_length": 5}, "order", "or"),
        ("text", {"required": True}, "x", None),
        ("date", {"min": "2026-01-01"}, "2026-01-01", "2025-12-31"),
        ("datetime", {"max": "2026-01-01"}, "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"),
        ("phone", {"region": "SE"}, "08-123 456 78", "1"),
        ("multi_select", {"required": True}, ["desk"], []),
    ],
)
def test_limits_are_kept(type_: PropertyType, limits: dict[str, Any], right: Any, wrong: Any) -> None:
    known = catalogue(type_, **limits)
    assert rules.checked(known, "ticket", {"own": right})["own"] is not None
    with pytest.raises(PropertyInvalid):
        rules.checked(known, "ticket", {"own": wrong})


def test_every_wrong_field_is_told_at_once() -> None:
    known = catalogue("number")
    with pytest.raises(PropertyInvalid) as refused:
        rules.checked(known, "ticket", {"own": "x", "gone": 1, "priority": "high"}, "properties")
    assert [field for field, _ in refused.value.errors] == ["properties.own", "properties.gone", "properties.priority"]


def test_contacts_do_not_have_the_properties_of_tickets() -> None:
    with pytest.raises(PropertyInvalid):
        rules.checked(catalogue("number"), "contact", {"own": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(sorted(rules.LIMITS)), JSON)
def test_whatever_is_given_is_kept_or_refused_and_what_is_kept_stays(type_: PropertyType, given_: Any) -> None:
    known = catalogue(type_)
    try:
        kept = rules.checked(known, "ticket", {"own": given_})
    except PropertyInvalid:
        return
    assert rules.checked(known, "ticket", kept) == kept


def test_what_became_empty_is_not_kept() -> None:
    assert rules.merged({"a": 1, "b": 2}, {"b": None, "c": 3}) == {"a": 1, "c": 3}


@pytest.mark.parametrize(
    ("label", "key"),
    [("Beställning nr", "bestallning_nr"), ("2nd lamp!", "nd_lamp"), ("注文", "property"), ("Priority", "priority_2")],
)
def test_a_key_is_made_from_the_label(label: str, key: str) -> None:
    assert rules.key_for(None, label, set()) == key


@pytest.mark.parametrize("key", ["Order", "1st", "priority", "taken", "x" * 64, ""])
def test_a_key_of_ones_own_has_to_be_free_and_well_formed(key: str) -> None:
    with pytest.raises(PropertyInvalid) as refused:
        rules.key_for(key, "Order", {"taken"})
    assert refused.value.field == "key"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ([], "options"),
        ([Option(value="a", label="A", archived=True)], "options"),
        ([Option(value="a", label=" ")], "options.0.label"),
        ([Option(value="A b", label="A")], "options.0.value"),
        ([Option(value="a", label="A"), Option(value="a", label="B")], "options.1.value"),
        ([Option(value="", label="Röd"), Option(value="", label="RÖD")], "options.1.label"),
        ([Option(value="", label=str(number)) for number in range(201)], "options"),
    ],
)
def test_options_that_cannot_be_told_apart_are_refused(options: list[Option], field: str) -> None:
    with pytest.raises(PropertyInvalid) as refused:
        rules.options_for("select", options)
    assert refused.value.field == field


def test_options_get_values_that_stay_when_the_label_changes() -> None:
    made = rules.options_for("select", [Option(value="", label="Röd lampa"), Option(value="", label="Rod lampa!")])
    assert [option.value for option in made] == ["rod_lampa", "rod_lampa_2"]


@pytest.mark.parametrize(
    ("type_", "limits", "field"),
    [
        ("text", {"min": 1}, "limits.min"),
        ("boolean", {"required": True}, "limits.required"),
        ("number", {"min": "x"}, "limits.min"),
        ("number", {"min": 2, "max": 1}, "limits.max"),
        ("date", {"min": "2026-13-01"}, "limits.min"),
        ("text", {"min_length": 5, "max_length": 4}, "limits.max_length"),
        ("text", {"max_length": 1_001}, "limits.max_length"),
        ("number", {"decimals": 7}, "limits.decimals"),
        ("phone", {"region": "Sweden"}, "limits.region"),
    ],
)
def test_limits_that_no_value_could_keep_are_refused(type_: PropertyType, limits: dict[str, Any], field: str) -> None:
    with pytest.raises(PropertyInvalid) as refused:
        rules.limits_for(type_, Limits(**limits))
    assert refused.value.field == field
