"""What rests wakes at its time."""

from __future__ import annotations

from uuid import UUID

from kanal.kit.alarm import Alarm
from kanal.kit.db import Database, Transaction
from kanal.tickets.actions import wake


def sleepers(db: Database) -> Alarm:
    """Whoever listens to the topics `snoozed` and `sweep` wakes it."""
    return Alarm(
        db,
        "snoozed tickets",
        due="select account_id, id from snoozed_until(%(now)s, 200)",
        next_at="select next_snooze_end()",
        work=_wake,
    )


async def _wake(tx: Transaction, tickets: list[UUID]) -> None:
    await wake(tx, tickets, None, why="time")
