"""Whatever is wrong with rules, people or routing itself: a message is stored, and left unassigned with the reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest

from kanal.kit.db import Database, Transaction, document
from kanal.routing.rules import parse, read
from tests.make.mail_desk import MailDesk

BROKEN: list[Any] = [
    [],
    "none",
    {"assign": "everybody"},
    {"assign": "members", "to": "ana"},
    {"assign": "members", "to": {"users": ["not an id"]}},
    {"assign": "contact_owner", "fallback": {"assign": "contact_owner"}},
    {"assign": "members", "rules": {"0": {}}},
    {"assign": "members", "rules": [None, 3, {"when": 7}, {"require_skills": "x"}]},
    {"assign": "members", "rules": [{"when": {"any": 3}}, {"when": {"field": "message.text", "operator": "between"}}]},
    {"assign": "members", "rules": [{"when": {"field": "message.text", "operator": "has_any_of", "value": 3}}]},
    {"assign": "members", "working_hours": {"mon": [["17:00", "09:00"]]}, "waiting_too_long_minutes": 5},
    {"assign": "members", "working_hours": [], "timezone": "Nowhere/Here", "waiting_too_long_minutes": -5},
    {"assign": "members", "properties": ["priority"], "owner_wait_hours": "4"},
    {"properties": {"pipeline": 3, "status": None, "team": [], "priority": {}, "no_such": 1}, "assign": "none"},
]


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
async def test_rules_that_somebody_broke_by_hand_stop_no_message(mail_desk: MailDesk, broken: Any) -> None:
    ana = await mail_desk.member("ana")
    if isinstance(broken, dict) and "to" not in broken:
        broken = broken | {"to": {"users": [ana]}}
    await mail_desk.run("update channels set routing = %s", (document(broken),))
    ticket = await mail_desk.mail()
    assert (await mail_desk.why(ticket))["decision"]["why"] != "routing_failed"
    channel = await mail_desk.call("GET", f"channels/{mail_desk.channel}")
    assert channel["routing_problems"]


def test_a_rule_that_cannot_be_read_is_off_and_the_others_keep_their_places() -> None:
    routing, problems = read({"rules": [{"name": "A", "id": "a"}, {"name": "B", "id": "b", "to": 3}, {"name": "C"}]})
    assert [(rule.name, rule.active) for rule in routing.rules] == [("A", True), ("B", False), ("C", True)]
    assert [(each.field, each.message) for each in problems] == [
        ("routing.rules.1.to", "Expected `object | null`, got `int`")
    ]


def test_what_was_never_set_is_as_good_as_left_out() -> None:
    assert parse({}) == parse(None) == parse({"assign": "none"})


async def test_a_fault_in_routing_is_undone_and_told_and_the_message_stays(mail_desk: MailDesk) -> None:
    ana = await mail_desk.member("ana")
    await mail_desk.route(to={"users": [ana]})
    async with _planted(mail_desk.db, "turns", "at < '2000-01-01'"):
        ticket = await mail_desk.mail()
    assert await mail_desk.whose(ticket) == [None]
    assert await mail_desk.outcome(ticket) == ("unassigned", "routing_failed")
    assert await mail_desk.rows("select ticket_id from work_spans") == []
    told = await mail_desk.rows("select name from events where ticket_id = %s order by seq", (ticket,))
    assert [event["name"] for event in told] == ["ticket.created", "message.received", "ticket.routed"]
    assert await mail_desk.whose(await mail_desk.mail()) == [ana]


async def test_not_even_the_note_of_a_fault_stops_a_message(mail_desk: MailDesk) -> None:
    ana = await mail_desk.member("ana")
    await mail_desk.route(to={"users": [ana]})
    async with _planted(mail_desk.db, "routing_decisions", "why = ''"):
        ticket = await mail_desk.mail()
    assert (await mail_desk.why(ticket))["decision"] is None


async def test_a_fault_at_an_answer_leaves_the_ticket_with_whoever_has_it(mail_desk: MailDesk) -> None:
    ana = await mail_desk.member("ana")
    await mail_desk.route(to={"users": [ana]})
    ticket = await mail_desk.mail()
    await mail_desk.away(ana)
    async with _planted(mail_desk.db, "queue", "why = ''"):
        await mail_desk.answer(ticket)
    assert await mail_desk.whose(ticket) == [ana]
    assert await mail_desk.outcome(ticket) == ("kept", "routing_failed")


async def test_a_savepoint_takes_back_what_was_told(db: Database) -> None:
    async with db.transaction(None) as tx:
        await tx.enter_account(1)
        tx.wake("before")
        with pytest.raises(psycopg.errors.DivisionByZero):
            await _fail_within(tx)
        assert (tx.events, tx.wakes) == ([], {"before"})
        assert await tx.value("select 1") == 1
        tx.wakes.clear()


async def _fail_within(tx: Transaction) -> None:
    async with tx.savepoint():
        tx.emit("inside")
        tx.wake("inside")
        await tx.run("select 1 / 0")


@asynccontextmanager
async def _planted(db: Database, table: str, check: str) -> AsyncIterator[None]:
    """A constraint that nothing new passes."""
    async with await psycopg.AsyncConnection.connect(db.url, autocommit=True) as owner:
        await owner.execute(f"alter table {table} add constraint planted check ({check}) not valid".encode())
        try:
            yield
        finally:
            await owner.execute(f"alter table {table} drop constraint planted".encode())
