"""Two tickets that have to do with each other, linked by hand; neither is above the other."""

from __future__ import annotations

from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import NotFound, Transaction
from kanal.tickets import queries
from kanal.tickets.actions.state import on_ticket
from kanal.tickets.errors import Unfit
from kanal.tickets.models import State

EITHER = "(ticket_id, other_id) in ((%(one)s, %(other)s), (%(other)s, %(one)s))"


async def link(tx: Transaction, ticket: UUID, other: UUID, actor: UUID | None) -> bool:
    """False when they were linked already. Raises Unfit for a ticket and itself."""
    if ticket == other:
        raise Unfit("other", "a ticket cannot be linked to itself; name another one")
    states = await _both(tx, ticket, other)
    if await tx.value(f"select true from ticket_links where {EITHER}", {"one": ticket, "other": other}):  # noqa: S608 - our own
        return False
    await tx.insert(
        "ticket_links", [{"ticket_id": ticket, "other_id": other, "why": "by_hand", "created_at": clock.now()}]
    )
    for one, two in ((ticket, other), (other, ticket)):
        data = {"other_id": str(two), "why": "by_hand"}
        events.emit(tx, Event(name="ticket.linked", actor_id=actor, **on_ticket(states[one]), data=data))
    return True


async def unlink(tx: Transaction, ticket: UUID, other: UUID, actor: UUID | None) -> bool:
    """Whoever or whatever linked them. False when they were not linked."""
    states = await _both(tx, ticket, other)
    if not await tx.run(f"delete from ticket_links where {EITHER}", {"one": ticket, "other": other}):  # noqa: S608 - our own
        return False
    for one, two in ((ticket, other), (other, ticket)):
        data = {"other_id": str(two)}
        events.emit(tx, Event(name="ticket.unlinked", actor_id=actor, **on_ticket(states[one]), data=data))
    return True


async def _both(tx: Transaction, ticket: UUID, other: UUID) -> dict[UUID, State]:
    """Held, so that two who link them at once, each from their side, make one link."""
    states = await queries.locked(tx, {ticket, other})
    if len(states) < 2:
        raise NotFound("ticket")
    return states
