"""A deleted ticket leaves all lists and can be restored for 30 days; what it says of itself stays for that day. A
customer's answer restores it too: nothing that somebody writes is lost."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries
from kanal.tickets.actions import load
from kanal.tickets.actions.state import on_ticket
from kanal.tickets.errors import TicketMerged
from kanal.tickets.models import State

Why = Literal["hand", "customer", "comment"]


async def delete(tx: Transaction, tickets: Collection[UUID], actor: UUID | None) -> list[UUID]:
    """Returns those that were not deleted yet. Raises TicketMerged: the ticket that it is part of can be deleted."""
    states = await queries.locked(tx, tickets)
    if not states:
        raise NotFound("ticket")
    for state in states.values():
        if state.merged_into is not None:
            whole = await queries.whole_of(tx, state.id)
            raise TicketMerged(whole.id, whole.number)
    fresh = [state for state in states.values() if state.deleted_at is None]
    ids = [state.id for state in fresh]
    await tx.run(
        """
        update tickets set deleted_at = %(now)s, deleted_by = %(actor)s, is_open = false, snoozed_until = null,
          snoozed_by = null, updated_at = %(now)s
        where id = any(%(ids)s)
        """,
        {"now": clock.now(), "actor": actor, "ids": ids},
    )
    await load.keep(tx, ids)
    for state in fresh:
        events.emit(tx, Event(name="ticket.deleted", actor_id=actor, **on_ticket(state)))
    return ids


async def restore(tx: Transaction, tickets: Collection[UUID], actor: UUID | None, *, why: Why = "hand") -> list[UUID]:
    """As it stood; returns those that were deleted."""
    states = await queries.locked(tx, tickets)
    if not states:
        raise NotFound("ticket")
    back = [state for state in states.values() if state.deleted_at is not None]
    ids = [state.id for state in back]
    await tx.run(
        """
        update tickets t set deleted_at = null, deleted_by = null, updated_at = %s,
          is_open = not s.is_closed and t.spam_at is null and t.merged_into is null and not t.elsewhere
        from statuses s where s.id = t.status_id and t.id = any(%s)
        """,
        (clock.now(), ids),
    )
    await load.keep(tx, ids)
    tell_restored(tx, back, actor, why)
    return ids


def tell_restored(tx: Transaction, back: Collection[State], actor: UUID | None, why: Why) -> None:
    for state in back:
        events.emit(tx, Event(name="ticket.restored", actor_id=actor, **on_ticket(state), data={"why": why}))
