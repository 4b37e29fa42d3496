"""Filters on the real database: each finds what `conditions.holds` says of the same rows, and what cannot be asked is
named."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.contacts import actions as contacts
from kanal.contacts.models import ContactChange
from kanal.kit import clock
from kanal.kit.conditions import OPERATORS, ConditionInvalid, Facts, FieldType, Option, check, holds, resolved
from kanal.kit.conditions_sql import Params, compiled
from kanal.kit.db import Transaction
from kanal.kit.looks import look
from kanal.properties import actions as properties
from kanal.properties.models import NewProperty, PropertyChange
from kanal.tickets import actions
from kanal.tickets.models import TicketChange
from kanal.tickets.tags import actions as tags
from kanal.views import tickets
from kanal.views.errors import InvalidQuestion
from kanal.views.filters import checking
from kanal.views.filters.columns import columns_of
from kanal.views.filters.desk import Desk as Known
from kanal.views.filters.desk import desk as known_of
from kanal.views.filters.fields import fields_of, words
from kanal.views.questions import ask
from tests.make.facts import facts_of_all
from tests.make.said import said
from tests.make.tickets import ticket
from tests.views.conftest import Desk

TEXTS = [
    "Älg  och hund",
    "älg",
    "STRASSE",
    "straße 7",
    "ﬁn Lampe",
    "lamp\tÄ",
    "Σίσυφος",
    "İstanbul",
    "Lamp",
    "lamp shade",
    "x%y_z",
]
WORDS = st.sampled_from([*TEXTS, "ä", "s", "a", "%", "Å", "ss", "i̇", "ΣΊΣΥΦΟΣ", "nobody"]) | st.text(
    min_size=1, max_size=2
)
TYPES: tuple[tuple[str, Any], ...] = (
    ("colour", "select"),
    ("sizes", "multi_select"),
    ("note", "text"),
    ("story", "long_text"),
    ("price", "number"),
    ("paid", "boolean"),
    ("due", "date"),
    ("meets", "datetime"),
    ("site", "url"),
    ("phone", "phone"),
    ("guide", "member"),
)
NOW = clock.now().replace(tzinfo=None)
OPTIONS = [Option(value="a", label="A"), Option(value="b", label="B"), Option(value="c", label="C")]
VALUES: dict[str, list[Any]] = {
    "colour": ["a", "b", None],
    "sizes": [["a"], ["a", "b"], None],
    "note": [*TEXTS, None],
    "story": [" Två\n\n rader ", "Tva rader", None],
    "price": [0, 2.5, -1, 10**14, 0.1, None],
    "paid": [True, False, None],
    "due": ["2026-05-01", "2026-05-31", "2025-01-01", None],
    "meets": ["2026-05-31T12:30:00+02:00", "2026-05-31T10:30:00.5Z", "2026-05-01T00:00:00Z", None],
    "site": ["https://shop.example/Å", "https://shop.example/", None],
    "phone": ["+46 8 123 456 78", None],
}


async def _fill(desk: Desk) -> None:
    """Two dozen tickets in all the ways that they can stand."""
    team = await desk.team("Lamps", desk.agent)
    async with desk.db.transaction(desk.account) as tx:
        for object_ in ("ticket", "contact"):
            for key, type_ in TYPES:
                options = OPTIONS if type_ in ("select", "multi_select") else []
                new = NewProperty(object=object_, label=key.title(), key=key, type=type_, options=options)
                await properties.create(tx, new, desk.admin)
    for number, text in enumerate(TEXTS):
        await desk.hear(said("Hello", f"kund{number % 4}@Firma{number % 3}.example", name=text, subject=text))
        if number % 3 == 0:
            await ticket(desk.db, desk.account, text, priority="high", custom={"note": text})
    await desk.hear(said("ä", "åsa@käse.example", name="Åsa"))
    async with desk.db.transaction(desk.account) as tx:
        rows = await tx.dicts("select id, number, contact_id from tickets order by number")
        for row in rows:
            await _vary(tx, desk, row, team)


async def _vary(tx: Transaction, desk: Desk, row: dict[str, Any], team: UUID) -> None:
    number, id_, now = row["number"], row["id"], clock.now()
    custom: dict[str, Any] = {key: values[number % len(values)] for key, values in VALUES.items()}
    custom["guide"] = str(desk.agent) if number % 3 else None
    people: list[UUID | None] = [None, desk.agent, desk.admin]
    change = TicketChange(custom=custom, assignee_id=people[number % 3], team_id=team if number % 2 else None)
    await actions.change(tx, id_, change, None)
    if number % 4 == 0:
        await actions.change(tx, id_, TicketChange(status_key="closed"), None)
    if number % 5 == 1:
        await tx.run("update tickets set snoozed_until = %s where id = %s", (now + timedelta(days=number), id_))
    if number % 3 == 1:
        await tags.add(tx, id_, TEXTS[number % len(TEXTS)], None)
        await tags.add(tx, id_, "vip", None)
        await tx.insert("ticket_followers", [{"ticket_id": id_, "member_id": desk.agent, "created_at": now}])
    if row["contact_id"] and number % 2:
        contact = ContactChange(owner_id=desk.admin, custom={k: v for k, v in custom.items() if k != "guide"})
        await contacts.change(tx, row["contact_id"], contact, None)


def _single(field: FieldType) -> st.SearchStrategy[Any]:
    if field.options is not None:
        return st.sampled_from([option.value for option in field.options])
    relative = st.fixed_dictionaries({"ago": st.integers(0, 400), "unit": st.sampled_from(["hours", "days", "weeks"])})
    moments = st.datetimes(min_value=NOW - timedelta(days=900), max_value=NOW + timedelta(days=40)).map(
        lambda at: at.isoformat()
    )
    days = st.sampled_from(["2026-05-31", "2026-05-01", "2025-01-01", "2026-05-31T00:00", "2026-05-31T10:30:00.5Z"])
    match field.type:
        case "number":
            return st.sampled_from([0, 2, 2.5, 0.1, -1, 10**14, 7, 1e15]) | st.floats(-5, 30)
        case "boolean":
            return st.booleans()
        case "date" | "datetime":
            return moments | days | relative
    return WORDS


@st.composite
def _question(draw: st.DrawFn, fields: dict[str, FieldType]) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(fields)))
    field = fields[name]
    operator = draw(st.sampled_from(OPERATORS[field.type]))
    single = _single(field)
    if operator in ("is_empty", "is_filled"):
        return {"field": name, "operator": operator}
    if operator == "between":
        value: Any = draw(st.tuples(single, single).map(list))
    else:
        value = draw(st.lists(single, min_size=1, max_size=3) if "_of" in operator else single)
    return {"field": name, "operator": operator, "value": value}


def _trees(fields: dict[str, FieldType]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        _question(fields),
        lambda inner: (
            st.fixed_dictionaries({"all": st.lists(inner, max_size=3)})
            | st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)})
            | st.fixed_dictionaries({"not": inner})
        ),
        max_leaves=5,
    )


class Both:
    """The two who answer, over the same rows."""

    def __init__(self, desk: Desk, known: Known, facts: dict[UUID, Facts], teams: list[UUID]) -> None:
        self.desk, self.known, self.facts, self.teams = desk, known, facts, teams
        self.fields = fields_of(known)

    def meant(self, tree: dict[str, Any]) -> Any:
        means = words(self.fields, str(self.desk.agent), [str(team) for team in self.teams])
        return resolved(tree, self.fields, means, clock.now())

    async def by_sql(self, tx: Transaction, tree: Any) -> set[UUID]:
        params = Params()
        where = compiled(tree, columns_of(self.known), params)
        return set(await tx.values(f"select t.id from tickets t where {where}", params.values))

    def by_memory(self, tree: Any) -> set[UUID]:
        return {id_ for id_, facts in self.facts.items() if holds(tree, facts)}


@pytest.fixture
async def both(desk: Desk) -> Both:
    await _fill(desk)
    async with desk.db.transaction(desk.account) as tx:
        known = await known_of(tx)
        keys = {o: [each.key for each in known.custom if each.object == o] for o in ("ticket", "contact")}
        teams = await tx.values("select team_id from team_members where member_id = %s", (desk.agent,))
        return Both(desk, known, await facts_of_all(tx, keys), teams)


async def test_sql_and_memory_say_the_same_of_any_tree(both: Both) -> None:
    trees: list[dict[str, Any]] = []

    @settings(max_examples=400, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(_trees(both.fields))
    def collect(tree: dict[str, Any]) -> None:
        try:
            check(tree, both.fields, "filter")
        except ConditionInvalid:
            return
        trees.append(tree)

    await asyncio.to_thread(collect)
    found_some = 0
    async with both.desk.db.transaction(both.desk.account) as tx:
        for tree in trees:
            meant = both.meant(tree)
            expected = both.by_memory(meant)
            assert await both.by_sql(tx, meant) == expected, tree
            found_some += 0 < len(expected) < len(both.facts)
    assert found_some > 50


def _each_question(fields: dict[str, FieldType]) -> Iterator[tuple[str, str]]:
    for name, field in fields.items():
        for operator in OPERATORS[field.type]:
            yield name, operator


async def test_every_operator_of_every_field_agrees_on_what_is_there(both: Both) -> None:
    """Against chance: each question once, with a value that some ticket has."""
    async with both.desk.db.transaction(both.desk.account) as tx:
        for name, operator in _each_question(both.fields):
            there = [f[name] for f in both.facts.values() if f[name] not in (None, [], "")]
            value = _as_asked(both.fields[name], operator, there)
            tree = {"field": name, "operator": operator, "value": value}
            assert await both.by_sql(tx, tree) == both.by_memory(tree), tree


def _as_asked(field: FieldType, operator: str, there: list[Any]) -> Any:
    if operator in ("is_empty", "is_filled"):
        return None
    default: Any = {"number": 1, "boolean": True, "date": "2026-05-31", "datetime": "2026-05-31"}.get(field.type, "x")
    one = there[len(there) // 2] if there else default
    one = one[0] if isinstance(one, list) else one
    one = one.isoformat() if hasattr(one, "isoformat") else str(one) if isinstance(one, UUID) else one
    if operator == "between":
        return [one, one]
    return [one] if "_of" in operator else one


async def _subjects(desk: Desk, tree: dict[str, Any], **more: Any) -> list[str]:
    return [each.subject for each in await desk.list(filter=tree, **more)]


async def test_a_list_keeps_to_its_filter_in_order_and_page_by_page(both: Both) -> None:
    desk, tree = both.desk, {"any": [{"field": "ticket.subject", "operator": "contains", "value": "ÄLG"}]}
    assert sorted(set(await _subjects(desk, tree))) == ["Älg  och hund", "älg"]
    whole = await desk.list(filter=tree)
    async with desk.db.transaction(desk.account) as tx:
        question = await ask(tx, desk.agent, filter=tree)
        first = await tickets.page(tx, desk.agent, question, limit=1)
        rest = await tickets.page(tx, desk.agent, await ask(tx, desk.agent, filter=tree), after=first.next)
    assert [each.id for each in [*first.items, *rest.items]] == [each.id for each in whole]


@pytest.mark.parametrize(
    "tree",
    [
        {"field": "ticket.state", "operator": "is", "value": "active"},
        {"field": "ticket.assignee", "operator": "is", "value": "me"},
        {"field": "ticket.assignee", "operator": "is_empty"},
        {"field": "ticket.team", "operator": "is", "value": "mine"},
        {"field": "ticket.status", "operator": "is_any_of", "value": ["new", "closed"]},
        {"field": "ticket.followers", "operator": "has_any_of", "value": ["me"]},
        {"field": "ticket.waiting_since", "operator": "is_filled"},
        {"field": "ticket.state", "operator": "is_any_of", "value": ["snoozed"]},
    ],
)
async def test_what_goes_by_an_index_is_the_same_as_what_does_not(both: Both, tree: dict[str, Any]) -> None:
    expected = both.by_memory(both.meant(tree))
    assert {each.id for each in await both.desk.list(filter={"all": [tree]})} == expected
    assert expected


async def test_a_property_that_is_archived_is_named_with_its_mend(both: Both) -> None:
    desk = both.desk
    async with desk.db.transaction(desk.account) as tx:
        [colour] = [each for each in both.known.custom if (each.object, each.key) == ("ticket", "colour")]
        assert colour.id
        await properties.change(tx, colour.id, PropertyChange(archived=True), desk.admin)
        tree = {"all": [{"field": "ticket.colour", "operator": "is", "value": "a"}]}
        with pytest.raises(InvalidQuestion) as wrong:
            await ask(tx, desk.agent, filter=tree)
    assert wrong.value.field == "filter.all.0.field"
    assert wrong.value.message == "the property 'Colour' is archived; bring it back, or take the question out"


@pytest.mark.parametrize(
    ("tree", "field"),
    [
        ({"all": [{"field": "ticket.nothing", "operator": "is", "value": "x"}]}, "filter.all.0.field"),
        ({"field": "ticket.subject", "operator": "less", "value": "x"}, "filter.operator"),
        ({"field": "ticket.subject", "operator": "is", "value": ""}, "filter.value"),
        ({"field": "ticket.subject", "operator": "is", "value": "a\0b"}, "filter.value"),
        ({"field": "ticket.team", "operator": "is", "value": "018f0000-0000-7000-8000-000000000000"}, "filter.value"),
        ({"field": "ticket.created_at", "operator": "less", "value": {"ago": -1, "unit": "days"}}, "filter.value"),
        ({"field": "ticket.created_at", "operator": "less", "value": {"ago": 1, "unit": "years"}}, "filter.value.unit"),
        ({"field": "ticket.created_at", "operator": "less", "value": {"ago": True, "unit": "days"}}, "filter.value"),
        ({"some": []}, "filter"),
        ({"any": []}, "filter.any"),
        ({"not": {"all": [{"field": "ticket.number", "operator": "is", "value": "7"}]}}, "filter.not.all.0.value"),
    ],
)
async def test_what_is_wrong_with_a_filter_is_named(desk: Desk, tree: Any, field: str) -> None:
    async with desk.db.transaction(desk.account) as tx:
        with pytest.raises(ConditionInvalid) as wrong:
            checking.check(tree, await known_of(tx))
    assert wrong.value.field == field


async def test_what_a_text_looks_like_is_kept_wherever_one_is_written(both: Both) -> None:
    """A null says that it is ASCII."""
    columns = (("tickets", "subject"), ("contacts", "name"), ("handles", "address"), ("conversations", "subject"))
    async with both.desk.db.transaction(both.desk.account) as tx:
        for table, column in columns:
            rows = await tx.dicts(f"select {column} as text, {column}_look as look from {table}")
            assert [row["look"] for row in rows] == [look(row["text"]) for row in rows]
            assert any(row["look"] for row in rows), table
