"""What is wrong with a form, told all at once, each with its path."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from kanal.forms.definitions import binding, checking, defaults, rules
from kanal.forms.definitions.binding import Desk
from kanal.forms.definitions.models import Draft
from kanal.forms.models import Field
from kanal.properties.models import Catalogue, Limits, Option, Property
from kanal.tickets.models import Pipeline, Status
from tests.make.forms import field, options

MAIN, SALES = UUID(int=1), UUID(int=2)


def status(pipeline: UUID, key: str, *, closed: bool = False) -> Status:
    return Status(id=UUID(int=9), pipeline_id=pipeline, key=key, name=key.capitalize(), position=0, is_closed=closed)


def custom(key: str, type_: Any, *choices: str, archived: bool = False, **limits: Any) -> Property:
    return Property(
        id=UUID(int=5),
        object="ticket",
        key=key,
        label=key,
        help="",
        type=type_,
        builtin=False,
        options=[Option(value=each, label=each.capitalize(), archived=each == "old") for each in choices],
        limits=Limits(**limits),
        position=0,
        archived=archived,
    )


@pytest.fixture
def desk() -> Desk:
    """Two pipelines, of which one has a status that the other has not, and properties of tickets."""
    properties = [
        custom("size", "select", "small", "large", "old"),
        custom("colours", "multi_select", "red", "blue"),
        custom("order", "text", min_length=3, max_length=10),
        custom("gone", "text", archived=True),
        custom("since", "datetime"),
    ]
    pipelines = {
        MAIN: Pipeline(id=MAIN, name="Main", is_default=True, grace_days=30, statuses=[status(MAIN, "new")]),
        SALES: Pipeline(id=SALES, name="Sales", is_default=False, grace_days=30),
    }
    pipelines[MAIN].statuses.append(status(MAIN, "closed", closed=True))
    pipelines[SALES].statuses.append(status(SALES, "lead"))
    return binding.desk(Catalogue(properties=properties, members=frozenset()), pipelines)


def problems(desk: Desk, *fields: Field, name: str = "Contact us", **given: Any) -> list[tuple[str, str]]:
    draft = Draft(name=name, fields=list(fields), options=options(**given))
    return [(each.field, each.message) for each in checking.problems(rules.settled(draft, desk), desk)]


def paths(desk: Desk, *fields: Field, **given: Any) -> list[str]:
    found = problems(desk, *fields, **given)
    assert all(message for _, message in found)
    return [path for path, _ in found]


ASKED = field("asked")


@pytest.mark.parametrize("language", ["en", "sv"])
def test_frm_3_the_fields_of_a_new_form_are_right(desk: Desk, language: Any) -> None:
    assert problems(desk, *defaults.fields(language), language=language) == []


@pytest.mark.parametrize("language", ["en", "sv"])
def test_frm_4_pipeline_and_status_of_a_new_form_are_hidden_and_others_are_not(language: Any) -> None:
    hidden = {each.property for each in defaults.fields(language) if each.hidden}
    assert hidden == {"ticket.pipeline", "ticket.status"}


def test_frm_4_the_form_says_in_which_pipeline_and_status_its_tickets_begin(desk: Desk) -> None:
    pipeline = field("pipeline", "select", hidden=True, property="ticket.pipeline", default=str(SALES))
    begin = {"hidden": True, "property": "ticket.status"}
    assert problems(desk, ASKED, pipeline, field("status", "select", **begin, default="lead")) == []
    assert problems(desk, ASKED, pipeline, field("status", "select", **begin, default="new")) == [
        ("fields.2.default", "Sales has no such open status; choose another one")
    ]
    assert paths(desk, ASKED, field("status", "select", **begin, default="closed")) == ["fields.1.default"]
    elsewhere = msgspec.structs.replace(pipeline, default=str(UUID(int=7)))
    assert paths(desk, ASKED, elsewhere) == ["fields.1.default"]


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    wrong = [field("Not A Name", label=" "), field("n", "number", limits={"min": 5, "max": 1})]
    given = {"look": {"accent": "red"}, "after": "redirect"}
    assert paths(desk, *wrong, name=" ", **given) == [
        "name",
        "fields.0.name",
        "fields.0.label",
        "fields.1.limits.max",
        "options.look.accent",
        "options.redirect_url",
    ]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (field("asked"), "name"),
        (field("_website"), "name"),
        (field("a" * 64), "name"),
        (field("a", label="x" * 1_001), "label"),
        (field("a", help="x" * 1_001), "help"),
        (field("a", placeholder="x" * 201), "placeholder"),
        (field("a", options=["x"]), "options"),
        (field("a", "select"), "options"),
        (field("a", "select", options=["x", " "]), "options.1"),
        (field("a", "select", options=["Blue", "blue "]), "options.1"),
        (field("a", "select", options=[f"{n}" for n in range(201)]), "options"),
        (field("a", "consent", hidden=True), "hidden"),
        (field("a", "file", hidden=True), "hidden"),
        (field("a", hidden=True, required=True), "default"),
        (field("a", hidden=True, show_when={"field": "asked", "operator": "is_filled"}), "show_when"),
        (field("a", limits={"files": 2}), "limits.files"),
        (field("a", limits={"min_length": 0}), "limits.min_length"),
        (field("a", limits={"max_length": 1_001}), "limits.max_length"),
        (field("a", limits={"min_length": 5, "max_length": 4}), "limits.max_length"),
        (field("a", "number", limits={"min": "x"}), "limits.min"),
        (field("a", "date", limits={"min": "2026-W22"}), "limits.min"),
        (field("a", "date", limits={"min": "2026-05-02", "max": "2026-05-01"}), "limits.max"),
        (field("a", "phone", limits={"region": "Sweden"}), "limits.region"),
        (field("a", "file", limits={"files": 11}), "limits.files"),
        (field("a", "file", limits={"file_bytes": 25_000_001}), "limits.file_bytes"),
        (field("a", "file", default="x.pdf"), "default"),
        (field("a", "consent", default=True), "default"),
        (field("a", "number", default="seven"), "default"),
        (field("a", "number", limits={"min": 5}, default=3), "default"),
        (field("a", "email", default="nobody"), "default"),
        (field("a", "select", options=["x"], default="y"), "default"),
        (field("a", "multi_select", options=["x"], default=["x", "y"]), "default"),
        (field("a", limits={"max_length": 3}, default="four"), "default"),
    ],
)
def test_a_field_that_cannot_be_is_told(desk: Desk, wrong: Field, path: str) -> None:
    assert paths(desk, ASKED, wrong) == [f"fields.1.{path}"]


def test_a_form_needs_a_field_to_fill_in_and_may_have_a_hundred(desk: Desk) -> None:
    assert paths(desk) == ["fields"]
    assert paths(desk, field("a", hidden=True)) == ["fields"]
    assert paths(desk, *(field(f"f{number}") for number in range(101))) == ["fields"]
    assert paths(desk, *(field(f"f{number}") for number in range(100))) == []
    choices = [f"{number} {'x' * 190}" for number in range(200)]
    assert paths(desk, *(field(f"f{number}", "select", options=choices) for number in range(20))) == ["fields"]


# Properties


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (field("a", property="ticket.nothing"), "property"),
        (field("a", property="ticket.team"), "property"),
        (field("a", property="nonsense"), "property"),
        (field("a", property="ticket.gone"), "property"),
        (field("a", property="ticket.since"), "property"),
        (field("a", property="contact.email"), "type"),
        (field("a", "long_text", property="ticket.subject"), "type"),
        (field("a", property="ticket.size"), "type"),
        (field("a", "select", options=["small", "old"], property="ticket.size"), "options.1"),
        (field("a", "select", options=["huge"], property="ticket.priority"), "options.0"),
    ],
)
def test_a_property_that_cannot_be_set_so_is_told(desk: Desk, wrong: Field, path: str) -> None:
    assert paths(desk, ASKED, wrong) == [f"fields.1.{path}"]


def test_each_property_is_set_once(desk: Desk) -> None:
    once, twice = field("a", property="ticket.subject"), field("b", property="ticket.subject")
    assert paths(desk, once) == []
    assert paths(desk, once, twice) == ["fields.1.property"]


def test_choices_labels_and_limits_of_a_property_are_written_out(desk: Desk) -> None:
    size = field("size", "select", property="ticket.size", labels={"small": "Liten", "gone": "x"})
    order = field("order", property="ticket.order", limits={"max_length": 8})
    kept = rules.settled(Draft(name="x", fields=[size, order]), desk)
    assert (kept.fields[0].options, kept.fields[0].labels) == (
        ["small", "large"],
        {"small": "Liten", "large": "Large"},
    )
    assert (kept.fields[1].limits.min_length, kept.fields[1].limits.max_length) == (3, 8)
    fewer = field("size", "select", property="ticket.size", options=["large"])
    assert rules.settled(Draft(name="x", fields=[fewer]), desk).fields[0].options == ["large"]


# Conditions


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (field("q"), {"operator": "contains", "value": "x"}),
        (field("q", "long_text"), {"operator": "is_filled"}),
        (field("q", "email"), {"operator": "ends_with", "value": "x"}),
        (field("q", "phone"), {"operator": "starts_with", "value": "x"}),
        (field("q", "number"), {"operator": "more", "value": 5}),
        (field("q", "date"), {"operator": "less", "value": "2026-05-31"}),
        (field("q", "select", options=["x"]), {"operator": "is_any_of", "value": ["x"]}),
        (field("q", "multi_select", options=["x"]), {"operator": "has_any_of", "value": ["x"]}),
        (field("q", "checkbox"), {"operator": "is", "value": True}),
        (field("q", "consent"), {"operator": "is", "value": True}),
    ],
)
def test_a_field_is_shown_by_what_an_earlier_one_says(desk: Desk, asked: Field, question: dict[str, Any]) -> None:
    shown = field("shown", show_when={"field": "q", **question})
    assert problems(desk, asked, shown) == []


def test_only_earlier_fields_and_their_own_choices_can_be_asked_about(desk: Desk) -> None:
    later = field("a", show_when={"all": [{"field": "b", "operator": "is_filled"}]})
    assert problems(desk, later, field("b")) == [
        ("fields.0.show_when.all.0.field", "only fields that stand before this one can be asked about")
    ]
    own = field("a", show_when={"field": "a", "operator": "is_filled"})
    assert paths(desk, own) == ["fields.0.show_when.field"]
    choice = field("q", "select", options=["x"])
    assert paths(desk, choice, field("a", show_when={"field": "q", "operator": "is", "value": "y"})) == [
        "fields.1.show_when.value"
    ]
    attached = field("a", show_when={"field": "f", "operator": "is_filled"})
    assert paths(desk, field("f", "file"), attached) == ["fields.1.show_when.field"]


# Options


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"intro": "x" * 5_001}, "intro"),
        ({"look": {"accent": "#12345"}}, "look.accent"),
        ({"after": "redirect"}, "redirect_url"),
        ({"redirect_url": "javascript:alert(1)"}, "redirect_url"),
        ({"redirect_url": "https://user@shop.example/"}, "redirect_url"),
        ({"redirect_url": "/thanks"}, "redirect_url"),
        ({"closes_at": "2026-05-31T12:00:00"}, "closes_at"),
        ({"origins": ["https://shop.example", "https://shop.example/page"]}, "origins.1"),
        ({"origins": ["*"]}, "origins.0"),
    ],
)
def test_options_that_cannot_be_are_told(desk: Desk, given: dict[str, Any], path: str) -> None:
    assert paths(desk, ASKED, **given) == [f"options.{path}"]


def test_a_captcha_that_is_not_set_up_is_no_refusal(desk: Desk) -> None:
    assert paths(desk, ASKED, captcha=True) == []


def test_sites_are_kept_as_browsers_name_them(desk: Desk) -> None:
    given = options(
        origins=["HTTPS://Shop.example/", "https://shop.example:443", "http://localhost:3000", "https://å.se"]
    )
    kept = rules.settled(Draft(name="x", fields=[ASKED], options=given), desk).options.origins
    assert kept == ["https://shop.example", "http://localhost:3000", "https://xn--5ca.se"]


def test_what_is_kept_is_kept_the_same_when_saved_again(desk: Desk) -> None:
    fields = [
        *defaults.fields("sv"),
        field("size", "select", property="ticket.size"),
        field("phone", "phone", limits={"region": "SE"}, default="08-123 456 78"),
        field("age", "number", default="7"),
    ]
    once = rules.settled(
        Draft(name=" A  b ", fields=fields, options=options(closes_at="2026-05-31T12:00:00+02:00")), desk
    )
    assert rules.settled(once, desk) == once
    assert (once.name, once.fields[-2].default, once.fields[-1].default) == ("A b", "+46812345678", 7)
