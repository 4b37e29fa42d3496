"""The tickets of a list in batches, as a member may see them: for those who do something with all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.tickets.models import Priority
from kanal.views.orders import ORDERS, place_of
from kanal.views.questions import Question
from kanal.views.tickets import found
from kanal.views.visible import viewer

SIZE = 1_000


class Found(msgspec.Struct, kw_only=True):
    """As much of a ticket as is needed to come back to it."""

    id: UUID
    version: int
    priority: Priority
    created_at: datetime
    last_message_at: datetime
    waiting_since: datetime | None
    snoozed_until: datetime | None
    deleted_at: datetime | None


async def found_in(
    tx: Transaction, member: UUID | None, question: Question, *, most: int, size: int = SIZE
) -> AsyncIterator[list[Found]]:
    """At most `most` of them, in the order of the list, `size` at a time. `questions.ask` reads the question."""
    who, place, left = await viewer(tx, member), None, most
    by = ORDERS[question.sort].by.format(t="t")
    while left > 0:
        inner, params = found(who, question, place)
        rows = await tx.all(
            Found,
            f"""
            select t.id, t.version, t.priority, t.created_at, t.last_message_at, t.waiting_since, t.snoozed_until,
                   t.deleted_at
            from ({inner}) t order by {by}
            """,  # noqa: S608 - our own fragments
            params | {"most": min(size, left)},
        )
        if rows:
            yield rows
        if len(rows) < min(size, left):
            return
        left -= len(rows)
        place = place_of(rows[-1], question.sort)
