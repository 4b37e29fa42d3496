"""How long a ticket was in each status: by the events that tell of its moves, so that nothing else has to be kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.views.models import ShownStatus


class TimeIn(msgspec.Struct, kw_only=True):
    status: ShownStatus
    seconds: int
    now: bool
    """It is in this status at present."""


class Times(msgspec.Struct, kw_only=True):
    items: list[TimeIn]
    """In the order in which it first came into each; a status that was deleted since is left out."""
    open_seconds: int
    """Of all, as long as it was not closed."""


class _Now(msgspec.Struct, kw_only=True):
    status_id: UUID
    created_at: datetime


class _Move(msgspec.Struct, kw_only=True):
    at: datetime
    was: UUID | None
    became: UUID | None


async def read(tx: Transaction, ticket: UUID) -> Times:
    now = await tx.one(_Now, "select status_id, created_at from tickets where id = %s", (ticket,))
    moves = await tx.all(
        _Move,
        """
        select at, (data ->> 'from')::uuid as was, (data ->> 'to')::uuid as became from events
        where ticket_id = %s and name in ('ticket.status_changed', 'ticket.reopened') order by seq
        """,
        (ticket,),
    )
    seconds = spent(now.status_id, now.created_at, [(m.at, m.was, m.became) for m in moves], clock.now())
    shown = {
        row.id: row
        for row in await tx.all(
            ShownStatus, "select id, key, name, is_closed from statuses where id = any(%s)", (list(seconds),)
        )
    }
    items = [
        TimeIn(status=shown[id_], seconds=round(each), now=id_ == now.status_id)
        for id_, each in seconds.items()
        if id_ in shown
    ]
    return Times(items=items, open_seconds=sum(each.seconds for each in items if not each.status.is_closed))


def spent(
    status: UUID, since: datetime, moves: list[tuple[datetime, UUID | None, UUID | None]], now: datetime
) -> dict[UUID, float]:
    """Seconds by status, in the order in which the ticket came into each."""
    found: dict[UUID, float] = defaultdict(float)
    current = moves[0][1] if moves else status
    for at, _, became in moves:
        if current is not None:
            found[current] += max(0.0, (at - since).total_seconds())
        since, current = max(at, since), became
    found[status] += max(0.0, (now - since).total_seconds())
    return dict(found)
