"""One simulation: the desk is rebuilt as it stood when the window begins and moved forward in the order of time; at
each arrival the rules of then and the changed ones decide. A query per batch of messages, none per ticket."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_right
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit import conditions
from kanal.kit.db import Transaction
from kanal.routing import queries as desk
from kanal.routing import rules
from kanal.routing.came_in import CameIn, came_in
from kanal.routing.deciding import Verdict, decide
from kanal.routing.facts import Words, Writer, facts
from kanal.routing.models import Asked, Routing
from kanal.routing.setting import Settable, settable
from kanal.routing.simulation import queries
from kanal.routing.simulation.models import Arrival, Shift, Simulation
from kanal.routing.simulation.outcome import Tally
from kanal.routing.simulation.then import Then
from kanal.routing.snapshot import ChannelSeen, Person, Snapshot
from kanal.tickets import queries as tickets
from kanal.tickets.models import Pipeline

WINDOW = timedelta(days=30)
BATCH = 200
LONGEST_STRETCH = 0.01
"""Seconds after which others on this event loop have their turn."""
AT_ONCE = timedelta(seconds=5)
"""A ticket that began to count so soon after it was decided was given by that decision."""
NEEDS_TEXT = frozenset({"message.text", "ticket.subject"})

Progress = Callable[[int, int], Awaitable[None]]
"""Told how many tickets are done of how many; raises to stop."""


async def run(tx: Transaction, asked: Simulation, now: datetime, progress: Progress) -> Tally:
    begins = await queries.history_begins(tx, asked.channel_id)
    found = await queries.arrivals(tx, asked.channel_id, now - WINDOW, now)
    known = [each for each in found if begins is not None and each.at >= begins]
    start = max(now - WINDOW, begins) if begins else now
    tally = Tally(start, now, tickets=len(found), missing=len(found) - len(known))
    await progress(0, len(known))
    if known:
        both = await _prepare(tx, asked, min(start, known[0].at))
        async with aclosing(queries.shifts(tx, start, now)) as shifts:
            await _walk(tx, both, _Shifts(shifts), known, tally, progress)
    return tally


class _Rules(msgspec.Struct, kw_only=True):
    """A version of the rules, from when on, with what it sets on tickets."""

    from_at: datetime
    routing: Routing
    sets: Settable


class _Both(msgspec.Struct, kw_only=True):
    """The desk as it was, and as it would have been."""

    channel: UUID
    was: Then
    would_be: Then
    versions: list[_Rules]
    changed: _Rules
    pipelines: Mapping[UUID, Pipeline]
    with_text: bool

    def rules_at(self, at: datetime) -> _Rules:
        place = bisect_right(self.versions, at, key=lambda version: version.from_at)
        return self.versions[max(0, place - 1)]

    def move(self, shift: Shift) -> None:
        self.was.move(shift)
        self.would_be.move(shift)

    def until(self, at: datetime) -> None:
        self.was.until(at)
        self.would_be.until(at)


async def _prepare(tx: Transaction, asked: Simulation, start: datetime) -> _Both:
    [channel] = await desk.channels(tx, [asked.channel_id])
    seen = ChannelSeen(
        id=channel.id,
        name=channel.name,
        work=channel.work,
        open_to=None if channel.open_to == "account" else frozenset(channel.team_ids),
    )
    versions = [await _rules(tx, row.from_at, row.routing) for row in await queries.versions(tx, channel.id)]
    changed = await _rules(tx, start, asked.routing)
    people, skills = await desk.members(tx), (await desk.names(tx))["skill"]
    standing = await queries.standing(tx, start)
    was, would_be = (_then(start, people, seen, skills, standing) for _ in range(2))
    asks = {field for each in (*versions, changed) for rule in each.routing.rules for field in _fields(rule.when)}
    return _Both(
        channel=channel.id,
        was=was,
        would_be=would_be,
        versions=versions,
        changed=changed,
        pipelines=await tickets.pipelines(tx),
        with_text=bool(asks & NEEDS_TEXT),
    )


async def _rules(tx: Transaction, from_at: datetime, routing: Any) -> _Rules:
    read = rules.parse(routing)
    return _Rules(from_at=from_at, routing=read, sets=await settable(tx, read.properties))


def _fields(tree: Any) -> set[str]:
    return conditions.fields_of(tree)


def _then(
    start: datetime,
    people: Sequence[desk.MemberRow],
    channel: ChannelSeen,
    skills: Mapping[UUID, str],
    standing: Sequence[Shift],
) -> Then:
    """Without rows of then, nobody has a seat, a team, a skill or a limit; a seat's rows tell who was active."""
    then = Then(start, {row.id: _person(row) for row in people}, channel, skills)
    for shift in standing:
        then.move(shift)
    return then


def _person(row: desk.MemberRow) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        seat=False,
        may_answer=row.may_answer,
        sees_all=row.sees_all,
        state="away",
        extra_teams=frozenset(row.extra_teams),
    )


async def _walk(
    tx: Transaction, both: _Both, shifts: _Shifts, arrivals: Sequence[Arrival], tally: Tally, progress: Progress
) -> None:
    stretch = time.monotonic()
    for begin in range(0, len(arrivals), BATCH):
        batch = arrivals[begin : begin + BATCH]
        messages = await came_in(tx, [each.message_id for each in batch if each.message_id], with_text=both.with_text)
        for arrival in batch:
            await shifts.move(both, arrival.at)
            _arrive(both, arrival, messages.get(arrival.message_id) if arrival.message_id else None, tally)
            if time.monotonic() - stretch > LONGEST_STRETCH:
                await asyncio.sleep(0)
                stretch = time.monotonic()
        await progress(begin + len(batch), len(arrivals))


def _arrive(both: _Both, arrival: Arrival, message: CameIn | None, tally: Tally) -> None:
    """Where the rules make no difference, the ticket goes where it went."""
    then = both.rules_at(arrival.at)
    asked = _asked(both, arrival, message, then.sets)
    old = decide(both.was, both.channel, then.routing, asked)
    if both.changed.sets != then.sets:
        asked = _asked(both, arrival, message, both.changed.sets)
    new = decide(both.would_be, both.channel, both.changed.routing, asked)
    before = arrival.assignee_id if arrival.decided else old.member
    after = before if old.member == new.member else new.member
    tally.add(arrival, old, before, after, teams=(_team(old, then.sets), _team(new, both.changed.sets)))
    given = _given_at_once(both.was, arrival)
    if given:
        both.was.count_early(arrival.id, given)
    if before != after:
        both.would_be.take(arrival.id, after, arrival.closed_at if arrival.counted_from is None else None)
    elif given:
        both.would_be.count_early(arrival.id, given)


def _asked(both: _Both, arrival: Arrival, message: CameIn | None, sets: Settable) -> Asked:
    words, writer = (message.words, message.writer) if message else (Words(sender=""), Writer())
    return Asked(
        ticket_id=arrival.id,
        at=arrival.at,
        since=arrival.at,
        priority=sets.priority,
        team_id=sets.team_id,
        contact_id=arrival.contact_id,
        owner_id=writer.owner_id,
        message_id=arrival.message_id,
        facts=facts(words, writer, sets, both.pipelines, subject=message.subject if message else ""),
    )


def _team(verdict: Verdict, sets: Settable) -> UUID | None:
    return sets.team_id or verdict.team


def _given_at_once(was: Snapshot, arrival: Arrival) -> UUID | None:
    """To whom it really went on arrival, so that it counts before the next of the same batch is decided."""
    member, from_at = arrival.assignee_id, arrival.counted_from
    if not arrival.decided or member is None or from_at is None or member not in was.people:
        return None
    return member if arrival.counted_for == member and from_at - arrival.at < AT_ONCE else None


class _Shifts:
    """What changed, taken as far as time has come."""

    def __init__(self, rows: AsyncIterator[Shift]) -> None:
        self._rows = rows
        self._next: Shift | None = None

    async def move(self, both: _Both, at: datetime) -> None:
        """Everything before this moment."""
        while (shift := self._next or await anext(self._rows, None)) is not None:
            if shift.at >= at:
                self._next = shift
                break
            self._next = None
            both.until(shift.at)
            both.move(shift)
        both.until(at)
