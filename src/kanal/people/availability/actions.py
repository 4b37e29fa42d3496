"""Changing how members stand: by hand, and after a change of what their standing is made of. Rows are written one after
another under the account's lock, so that none overlaps; who waits for somebody hears of it by the event."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction, document
from kanal.people.availability import queries, rules
from kanal.people.availability.errors import AvailabilityInvalid
from kanal.people.availability.models import Plan, Span, State

TOPIC = "availability"
"""Wakes the clock, which has to look when the next change is due."""


async def refresh(tx: Transaction, members: Collection[UUID], *, actor: UUID | None = None) -> None:
    """Bring these members in line with their hours, zone, country, out-of-office periods, joining and deactivation; to
    be called after a change of any of them. Done twice it changes nothing."""
    await _go_on(tx, members, rules.refreshed, actor)


async def settle(tx: Transaction, members: Collection[UUID]) -> None:
    """Write what has become due."""
    await _go_on(tx, members, rules.settled, None)


async def set_by_hand(tx: Transaction, member: UUID, state: State, actor: UUID | None) -> None:
    """Until the plan next changes how they stand (ROUTE-29); without hours, until it is changed again."""

    def change(plan: Plan, span: Span, now: datetime) -> list[Span]:
        if plan.deactivated or not plan.joined:
            raise AvailabilityInvalid("state", "They are not at work here: only an active member can be available.")
        spans = rules.settled(plan, span, now)
        if spans[-1].state != state:
            rules.follow(spans, rules.by_hand(plan, state, now, actor))
        return spans

    if not await _go_on(tx, [member], change, actor):
        raise NotFound("member")


async def lock(tx: Transaction) -> None:
    """One at a time in an account, until the end of the transaction."""
    await tx.lock(f"{TOPIC}/{tx.account}")


Change = Callable[[Plan, Span, datetime], list[Span]]
"""The open row, perhaps changed, and the rows that follow it."""


async def _go_on(tx: Transaction, members: Collection[UUID], change: Change, actor: UUID | None) -> int:
    """Answers how many there are."""
    await lock(tx)
    now = clock.now()
    found = await queries.plans(tx, members)
    before = {member: span for member, (_, span) in found.items() if span is not None}
    after = {member: change(plan, span or rules.planned(plan, now), now) for member, (plan, span) in found.items()}
    changed = {member: spans for member, spans in after.items() if spans != [before.get(member)]}
    if changed:
        await _write(tx, before, changed)
        tx.wake(TOPIC)
    for member, spans in changed.items():
        if _is_other(before.get(member), spans[-1]):
            _tell(tx, member, spans[-1], actor)
    return len(found)


def _is_other(before: Span | None, after: Span) -> bool:
    """Not only until another moment."""
    return before is None or msgspec.structs.replace(before, next_change_at=after.next_change_at) != after


async def _write(tx: Transaction, before: Mapping[UUID, Span], after: Mapping[UUID, list[Span]]) -> None:
    """One statement for the rows that were open, one for those that follow them."""
    went_on = [row for member in before.keys() & after.keys() for row in _rows(member, after[member])[:1]]
    begun = [row for member, spans in after.items() for row in _rows(member, spans)[member in before :]]
    await tx.run(
        """
        update availability a
        set to_at = c.to_at, state = c.state, why = c.why, set_by = c.set_by, next_change_at = c.next_change_at
        from json_populate_recordset(null::availability, %s) c
        where a.member_id = c.member_id and a.from_at = c.from_at
        """,
        (document(went_on),),
    )
    await tx.insert("availability", begun)


def _rows(member: UUID, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Each ends where the next begins, and only the last is still to change."""
    ends = [*(span.from_at for span in spans[1:]), None]
    return [
        {
            "member_id": member,
            "from_at": span.from_at,
            "to_at": end,
            "state": span.state,
            "why": span.why,
            "set_by": span.set_by,
            "next_change_at": span.next_change_at if end is None else None,
        }
        for span, end in zip(spans, ends, strict=True)
    ]


def _tell(tx: Transaction, member: UUID, span: Span, actor: UUID | None) -> None:
    data = {"member_id": str(member), "state": span.state, "why": span.why}
    emit(tx, Event(name="member.availability_changed", actor_id=actor, data=data))
