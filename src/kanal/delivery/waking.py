"""What was put off is due at once, because what it waited for has come: a mended channel, the reply before it, a person
who answers again. What is held back until its author has looked stays so."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.delivery import rules
from kanal.inboxes import health
from kanal.inboxes import queries as channels
from kanal.kit import clock
from kanal.kit.db import Transaction


async def wake_channel(tx: Transaction, channel: UUID) -> None:
    """Something about the channel changed: what waits for a person to act is due at once."""
    await make_due(
        tx,
        await tx.values(
            "select id from deliveries where channel_id = %s and state = 'queued' and reason <> '' and reason <> %s",
            (channel, rules.MEANWHILE),
        ),
    )


async def way_out_works(tx: Transaction, channel: UUID) -> None:
    """Something left: what waited for somebody to mend the way out need not wait any more."""
    row = await channels.channel(tx, channel)
    if row.health == "attention" and row.health_why.startswith(health.WAY_OUT):
        if not await health.authorize(tx, channel, True):
            await health.well(tx, channel)
        await wake_channel(tx, channel)


async def wake_conversation(tx: Transaction, conversation: UUID, *, behind_another: bool) -> None:
    """Replies of a conversation that were put off are due at once: those that waited for the one before them, or,
    when a person answers again, all, since they leave in the order in which they were written."""
    await make_due(
        tx,
        await tx.values(
            """
            select d.id from deliveries d join messages m on m.id = d.message_id
            where m.conversation_id = %s and d.state = 'queued' and d.reason <> '' and d.reason <> %s
              and (not %s or d.reason = %s)
            """,
            (conversation, rules.MEANWHILE, behind_another, rules.WAITS),
        ),
    )


async def make_due(tx: Transaction, deliveries: Sequence[UUID]) -> None:
    if deliveries:
        await tx.run(
            "update deliveries set next_try_at = %s where id = any(%s) and state = 'queued'",
            (clock.now(), list(deliveries)),
        )
        tx.wake("deliver")
