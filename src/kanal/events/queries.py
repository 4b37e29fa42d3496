"""Reading events: a cursor is one integer per account."""

from __future__ import annotations

from uuid import UUID

from kanal.events.models import Recorded
from kanal.kit.db import Transaction


async def after(tx: Transaction, seq: int, most: int) -> list[Recorded]:
    """The next events after a cursor, oldest first."""
    return await tx.all(
        Recorded,
        """
        select seq, name, version, at, actor_id, ticket_id, conversation_id, channel_id, contact_id, data
        from events where seq > %s order by seq limit %s
        """,
        (seq, most),
    )


async def of_ticket(tx: Transaction, ticket: UUID, names: list[str], most: int) -> list[Recorded]:
    """The latest events of a ticket with one of these names, oldest first."""
    newest = await tx.all(
        Recorded,
        """
        select seq, name, version, at, actor_id, ticket_id, conversation_id, channel_id, contact_id, data
        from events where ticket_id = %s and name = any(%s) order by seq desc limit %s
        """,
        (ticket, names, most),
    )
    return newest[::-1]


async def last(tx: Transaction) -> int:
    """The number of the account's newest event; 0 before the first."""
    return int(await tx.value("select last from event_counters") or 0)


async def position(tx: Transaction, consumer: str) -> int:
    """How far a consumer has come."""
    return int(await tx.value("select seq from consumers where name = %s", (consumer,)) or 0)
