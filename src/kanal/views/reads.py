"""How far each member has read each ticket."""

from __future__ import annotations

from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction


async def mark(tx: Transaction, member: UUID, ticket: UUID) -> None:
    """The member has seen the ticket as it stands. The first time there is room for another one from the queue (K9)."""
    is_first = await tx.value(
        """
        insert into ticket_reads (account_id, ticket_id, member_id, version, read_at)
        select account_id, id, %(member)s, version, %(now)s from tickets where id = %(ticket)s
        on conflict (account_id, ticket_id, member_id) do update
        set version = excluded.version, read_at = excluded.read_at
        returning xmax = 0
        """,
        {"ticket": ticket, "member": member, "now": clock.now()},
    )
    if is_first:
        tx.wake(f"queue:{tx.account}")
