"""A ticket rests until a time: it leaves the lists of what asks for work, keeps its place in the queue without being
given out, and counts against nobody's capacity. It wakes at that time, by hand, or as soon as the customer writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries
from kanal.tickets.actions import load
from kanal.tickets.actions.state import on_ticket
from kanal.tickets.errors import Unfit
from kanal.tickets.models import State

Why = Literal["time", "customer", "hand"]


async def snooze(tx: Transaction, tickets: Collection[UUID], until: datetime, actor: UUID | None) -> list[UUID]:
    """Returns those whose time changed. Raises Unfit for a time that is over and for a ticket that is closed."""
    if until <= clock.now():
        raise Unfit("until", "choose a time that is still to come")
    states = await queries.locked(tx, tickets)
    if not states:
        raise NotFound("ticket")
    for state in states.values():
        if not state.is_open:
            raise Unfit("until", f"#{state.number} is not open; only what is open can be snoozed")
    changed = [state for state in states.values() if state.snoozed_until != until]
    ids = [state.id for state in changed]
    await tx.run(
        "update tickets set snoozed_until = %s, snoozed_by = %s, updated_at = %s where id = any(%s)",
        (until, actor, clock.now(), ids),
    )
    await load.keep(tx, ids)
    for state in changed:
        data = {"until": until.isoformat(), "member_id": actor and str(actor)}
        events.emit(tx, Event(name="ticket.snoozed", actor_id=actor, **on_ticket(state), data=data))
    tx.wake("snoozed")
    return ids


async def wake(tx: Transaction, tickets: Collection[UUID], actor: UUID | None, *, why: Why = "hand") -> list[UUID]:
    """Returns those that were asleep. With `time` only those whose time has come: it may have been put off."""
    now = clock.now()
    states = (await queries.locked(tx, tickets)).values()
    asleep = [
        state for state in states if state.snoozed_until is not None and (why != "time" or state.snoozed_until <= now)
    ]
    ids = [state.id for state in asleep]
    await tx.run(
        "update tickets set snoozed_until = null, snoozed_by = null, updated_at = %s where id = any(%s)", (now, ids)
    )
    await load.keep(tx, ids)
    tell_woke(tx, (state for state in asleep if state.listed), actor, why)
    return ids


def tell_woke(tx: Transaction, asleep: Iterable[State], actor: UUID | None, why: Why) -> None:
    """`member_id` is whoever snoozed it, and is to hear of it."""
    for state in asleep:
        data = {"why": why, "member_id": state.snoozed_by and str(state.snoozed_by)}
        events.emit(tx, Event(name="ticket.woke", actor_id=actor, **on_ticket(state), data=data))
        tx.wake(f"queue:{tx.account}")
