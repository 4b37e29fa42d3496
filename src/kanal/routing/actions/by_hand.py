"""What members decide themselves: it needs no rule and may exceed every limit (ROUTE-25), is kept as a decision like
all others, and ends the waiting."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id


async def by_hand(tx: Transaction, tickets: Collection[UUID], actor: UUID | None) -> None:
    """After somebody changed these tickets: note where the assignee is no longer the one decided last, and take what
    is assigned or closed out of the queue. Done twice it changes nothing."""
    changed = await tx.dicts(
        """
        select t.id, t.channel_id, t.assignee_id, d.assignee_id as was_member_id
        from tickets t
        left join lateral (
          select assignee_id from routing_decisions d where d.ticket_id = t.id order by d.at desc, d.id desc limit 1) d
          on true
        where t.id = any(%s) and t.assignee_id is distinct from d.assignee_id
        """,
        (list(tickets),),
    )
    await tx.insert("routing_decisions", [_decision(row, actor) for row in changed])
    await leave_queue(tx, tickets)


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


def _decision(row: dict[str, Any], actor: UUID | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "ticket_id": row["id"],
        "channel_id": row["channel_id"],
        "cause": "hand",
        "outcome": "assigned" if row["assignee_id"] else "unassigned",
        "why": "by_hand",
        "assignee_id": row["assignee_id"],
        "was_member_id": row["was_member_id"],
        "since_board": {},
        "actor_id": actor,
        "at": clock.now(),
    }
