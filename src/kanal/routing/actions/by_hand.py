"""What members decide themselves: it needs no rule and may exceed every limit (ROUTE-25), is kept as a decision like
all others, and ends the waiting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.routing import queries
from kanal.routing.actions.recording import decided, put_in_queue, record
from kanal.routing.deciding import Verdict
from kanal.routing.models import Asked, Cause


class _Undone(msgspec.Struct, kw_only=True):
    assignee_id: UUID | None
    is_open: bool
    channel_id: UUID | None
    priority: str
    created_at: datetime
    team_id: UUID | None
    contact_id: UUID | None


async def by_hand(tx: Transaction, tickets: Collection[UUID], actor: UUID | None) -> None:
    """After somebody changed these tickets, in the same transaction: a decision for each that changed hands; what is
    assigned or closed leaves the queue."""
    await _record(tx, [event for event in events.told(tx, "ticket.assigned") if event.ticket_id in tickets], actor)
    await leave_queue(tx, tickets)


async def by_rule(tx: Transaction, ticket: UUID, told: Sequence[Event]) -> None:
    """The same after a rule of the ticket automation, of what it told."""
    await _record(tx, [event for event in told if event.name == "ticket.assigned"], None, cause="rule")
    await leave_queue(tx, [ticket])


async def undone(tx: Transaction, ticket: UUID, actor: UUID | None) -> None:
    """After an answer was taken back: what waited until its author took it over by answering waits again."""
    row = await tx.maybe(
        _Undone,
        "select assignee_id, is_open, channel_id, priority, created_at, team_id, contact_id from tickets where id = %s",
        (ticket,),
    )
    last = await queries.decisions(tx, ticket, 2)
    waited = len(last) == 2 and last[0].cause == "hand" and last[1].outcome == "waiting"
    if row is None or row.assignee_id or not row.is_open or not row.channel_id or not waited:
        await by_hand(tx, [ticket], actor)
        return
    now = clock.now()
    asked = Asked(
        ticket_id=ticket,
        at=row.created_at,
        since=now,
        priority=row.priority,
        team_id=row.team_id,
        contact_id=row.contact_id,
    )
    again = decided(row.channel_id, asked, Verdict(outcome="waiting", why=last[1].why, rule=last[1].rule))
    await record(tx, now, [again], cause="undo", actor=actor)
    await put_in_queue(tx, now, [again])


async def leave_queue(tx: Transaction, tickets: Collection[UUID]) -> None:
    """Those of these tickets that somebody has, or that are closed, wait no longer."""
    left = await tx.dicts(
        """
        delete from queue q using tickets t
        where q.ticket_id = any(%s) and t.id = q.ticket_id and (t.assignee_id is not null or not t.is_open)
        returning q.ticket_id, q.channel_id
        """,
        (list(tickets),),
    )
    for row in left:
        events.emit(tx, Event(name="ticket.dequeued", ticket_id=row["ticket_id"], channel_id=row["channel_id"]))


async def _record(tx: Transaction, moved: Sequence[Event], actor: UUID | None, cause: Cause = "hand") -> None:
    rows = [
        _decision(event, actor, cause) for event in moved if event.data["assignee_id"] != event.data["from_assignee_id"]
    ]
    await tx.insert("routing_decisions", rows)


def _decision(event: Event, actor: UUID | None, cause: Cause) -> dict[str, Any]:
    return {
        "id": new_id(),
        "ticket_id": event.ticket_id,
        "channel_id": event.channel_id,
        "cause": cause,
        "outcome": "assigned" if event.data["assignee_id"] else "unassigned",
        "why": f"by_{cause}",
        "assignee_id": event.data["assignee_id"],
        "was_member_id": event.data["from_assignee_id"],
        "since_board": {},
        "actor_id": actor,
        "at": clock.now(),
    }
