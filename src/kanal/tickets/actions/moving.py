"""All tickets of a status at once: to another status, or to the other side of a status that opens or closes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event, Name
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets import queries
from kanal.tickets.actions.load import keep
from kanal.tickets.actions.state import on_ticket
from kanal.tickets.models import State, Status

BATCH = 1_000


async def move_all(tx: Transaction, was: UUID, status: Status, actor: UUID | None) -> int:
    """Every ticket in the status `was` becomes one of `status`, which may be the same one, changed. Each is told of.
    Returns how many; the status `was` has to be locked, so that no more come in."""
    moved, after = 0, UUID(int=0)
    while batch := await _next(tx, was, after):
        # What somebody moved away until it could be locked stays where they put it.
        before = [state for state in (await queries.locked(tx, batch)).values() if state.status_id == was]
        there = [state.id for state in before]
        await _move(tx, there, status)
        await keep(tx, there)
        _tell(tx, before, status, actor)
        moved, after = moved + len(there), batch[-1]
    return moved


async def recount(tx: Transaction, status: UUID) -> None:
    """Whether the status counts against capacity has changed; it has to be locked, as for `move_all`."""
    after = UUID(int=0)
    while batch := await _next(tx, status, after):
        await queries.locked(tx, batch)
        await keep(tx, batch)
        after = batch[-1]


async def _next(tx: Transaction, status: UUID, after: UUID) -> list[UUID]:
    return await tx.values(
        "select id from tickets where status_id = %s and id > %s order by id limit %s", (status, after, BATCH)
    )


async def _move(tx: Transaction, batch: list[UUID], status: Status) -> None:
    these = {
        "ids": batch,
        "pipeline": status.pipeline_id,
        "status": status.id,
        "open": not status.is_closed,
        "state": "closed" if status.is_closed else "open",
        "now": clock.now(),
    }
    await tx.run(
        """
        update tickets set pipeline_id = %(pipeline)s, status_id = %(status)s, is_open = %(open)s and listed,
          updated_at = %(now)s, closed_at = case when %(open)s then null else coalesce(closed_at, %(now)s) end,
          waiting_since = case when %(open)s then waiting_since end,
          snoozed_until = case when %(open)s then snoozed_until end, snoozed_by = case when %(open)s then snoozed_by end
        where id = any(%(ids)s)
        """,
        these,
    )
    await tx.run(
        """
        update conversations set state = %(state)s, closed_at = case when %(open)s then null else %(now)s end
        where ticket_id = any(%(ids)s) and state <> %(state)s
        """,
        these,
    )


def _tell(tx: Transaction, before: Sequence[State], status: Status, actor: UUID | None) -> None:
    for state in before:
        if state.pipeline_id != status.pipeline_id:
            fields = {"fields": ["pipeline"]}
            events.emit(tx, Event(name="ticket.changed", actor_id=actor, **on_ticket(state), data=fields))
        name: Name = "ticket.status_changed" if state.is_open or status.is_closed else "ticket.reopened"
        data = {"from": str(state.status_id), "to": str(status.id), "key": status.key, "closed": status.is_closed}
        events.emit(tx, Event(name=name, actor_id=actor, **on_ticket(state), data=data))
