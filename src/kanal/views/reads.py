"""How far each member has read each ticket."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from kanal.kit import clock
from kanal.kit.db import Transaction, document


async def mark(tx: Transaction, member: UUID, ticket: UUID) -> None:
    """The member has seen the ticket as it stands. The first time there is room for another one from the queue (K9)."""
    await mark_many(tx, member, [ticket])


async def mark_many(tx: Transaction, member: UUID, tickets: Collection[UUID]) -> None:
    are_first = await tx.values(
        """
        insert into ticket_reads (account_id, ticket_id, member_id, version, read_at)
        select account_id, id, %(member)s, version, %(now)s from tickets where id = any(%(tickets)s)
        on conflict (account_id, ticket_id, member_id) do update
        set version = excluded.version, read_at = excluded.read_at
        returning xmax = 0
        """,
        {"tickets": list(tickets), "member": member, "now": clock.now()},
    )
    if any(are_first):
        tx.wake(f"queue:{tx.account}")


async def last(tx: Transaction, ticket: UUID, member: UUID) -> datetime | None:
    """When the member saw the ticket; None: never."""
    seen: datetime | None = await tx.value(
        "select read_at from ticket_reads where ticket_id = %s and member_id = %s", (ticket, member)
    )
    return seen


async def mark_back(tx: Transaction, member: UUID, tickets: Mapping[UUID, int | None]) -> None:
    """The member has seen these tickets up to a version, or never (None)."""
    rows = [{"ticket": ticket, "version": version} for ticket, version in tickets.items()]
    these = {"rows": document(rows), "member": member}
    await tx.run(
        """
        delete from ticket_reads r using json_to_recordset(%(rows)s) as n (ticket uuid, version int)
        where r.ticket_id = n.ticket and r.member_id = %(member)s and n.version is null
        """,
        these,
    )
    await tx.run(
        """
        update ticket_reads r set version = n.version from json_to_recordset(%(rows)s) as n (ticket uuid, version int)
        where r.ticket_id = n.ticket and r.member_id = %(member)s and n.version is not null
        """,
        these,
    )
