"""One rule and one thing that happened: is it sound, does its condition hold, may it run, what did it do. Every answer
is a line of the log; what a rule changes says in its events by which rules it came about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import structlog

from kanal.automation import checking, queries, rules
from kanal.automation.checking import Desk
from kanal.automation.doing import do
from kanal.automation.errors import CannotAct
from kanal.automation.facts import Subject, facts_of, subject
from kanal.automation.models import Did, Happened, Outcome, Rule, SendMail
from kanal.delivery.models import Carriers
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock, conditions
from kanal.kit.db import Transaction, is_passing
from kanal.kit.ids import new_id
from kanal.routing import actions as routing

MINUTE = timedelta(minutes=1)
log = structlog.get_logger()


class _Result(msgspec.Struct, kw_only=True):
    outcome: Outcome
    why: str = ""
    did: list[Did] = []


async def run(tx: Transaction, carriers: Carriers, desk: Desk, rule: Rule, happened: Happened) -> None:
    """Does all that the rule says, or nothing. Nothing where it has run on this event already, or there is no ticket to
    run on. A rule that breaks, on whatever stands in that ticket, keeps no other rule and no later event waiting."""
    if await queries.has_run(tx, rule.id, happened.seq):
        return
    id_ = new_id()
    result: _Result | None
    try:
        async with tx.savepoint():
            result = await _result(tx, carriers, desk, rule, happened, id_)
    except CannotAct as cannot:
        result = _Result(outcome="failed", why=cannot.why)
    except Exception as trouble:
        if is_passing(trouble):
            raise
        log.exception("automation.broke", rule_id=str(rule.id), ticket_id=str(happened.ticket_id))
        result = _Result(outcome="failed", why=f"it broke: {type(trouble).__name__}")
    if result is not None:
        await _note(tx, id_, rule, happened, result)


async def _result(
    tx: Transaction, carriers: Carriers, desk: Desk, rule: Rule, happened: Happened, run: UUID
) -> _Result | None:
    ticket = await subject(tx, happened.ticket_id)
    if ticket is None:
        return None
    broken = checking.of_condition(rule.condition, desk)
    if broken:
        return _Result(outcome="failed", why=f"its condition cannot be asked: {broken[0].message}")
    if not conditions.holds(rule.condition, await facts_of(tx, ticket, happened.message_id)):
        return _Result(outcome="not_met")
    broken = checking.of_actions(rule.actions, desk)
    if broken:
        return _Result(outcome="failed", why=broken[0].message)
    lately = await queries.acted_since(tx, ticket.id, clock.now() - MINUTE, happened.seq)
    if why := rules.obstacle(rule.id, happened.chain, lately):
        return _Result(outcome="stopped", why=why)
    return await _acted(tx, carriers, rule, happened, ticket, run)


async def _acted(
    tx: Transaction, carriers: Carriers, rule: Rule, happened: Happened, ticket: Subject, run: UUID
) -> _Result:
    before = len(tx.events)
    did = [await do(tx, carriers, ticket, f"{run}/{number}", action) for number, action in enumerate(rule.actions)]
    told = [event for _, event in tx.events[before:]]
    _mark(told, rules.told(happened.chain.then(rule.id)))
    await routing.by_rule(tx, ticket.id, told)
    return _Result(outcome="done", did=did)


def _mark(told: list[Event], chain: list[str]) -> None:
    for event in told:
        event.data = {**event.data, rules.BY_RULES: chain}


async def _note(tx: Transaction, id_: UUID, rule: Rule, happened: Happened, result: _Result) -> None:
    row: dict[str, Any] = {
        "id": id_,
        "rule_id": rule.id,
        "ticket_id": happened.ticket_id,
        "event_seq": happened.seq,
        "outcome": result.outcome,
        "why": result.why,
        "did": msgspec.to_builtins(result.did),
        "depth": happened.chain.depth,
        "at": clock.now(),
    }
    await tx.insert("automation_runs", [row])
    if result.outcome == "not_met":
        return
    mailed = sum(
        each.changed for each, action in zip(result.did, rule.actions, strict=False) if isinstance(action, SendMail)
    )
    data = {"rule_id": str(rule.id), "run_id": str(id_), "outcome": result.outcome, "mailed": mailed}
    ran = Event(name="automation.ran", ticket_id=happened.ticket_id, channel_id=happened.channel_id, data=data)
    events.emit(tx, ran)
