"""A ticket with nothing but spam goes out of sight, and comes back as it was."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.tickets import queries
from kanal.tickets.actions import load


async def hide(tx: Transaction, tickets: Collection[UUID]) -> None:
    """It is no longer open to anybody and counts for nobody; what else it says stays for the day it comes back."""
    await queries.locked(tx, tickets)
    await tx.run(
        "update tickets set spam_at = %(now)s, is_open = false, updated_at = %(now)s where id = any(%(ids)s)",
        {"now": clock.now(), "ids": list(tickets)},
    )
    await load.keep(tx, tickets)


async def show_again(tx: Transaction, tickets: Collection[UUID]) -> None:
    await queries.locked(tx, tickets)
    await tx.run(
        """
        update tickets t set spam_at = null, updated_at = %s,
          is_open = not s.is_closed and deleted_at is null and merged_into is null and not elsewhere
        from statuses s where s.id = t.status_id and t.id = any(%s) and t.spam_at is not null
        """,
        (clock.now(), list(tickets)),
    )
    await load.keep(tx, tickets)
