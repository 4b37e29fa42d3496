"""Reading tags."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.tickets.tags.models import Tag
from kanal.tickets.tags.rules import key_of

MOST_COUNTED = 1_000


class _On(msgspec.Struct, kw_only=True):
    ticket_id: UUID
    name: str


async def of_tickets(tx: Transaction, tickets: Collection[UUID]) -> dict[UUID, list[str]]:
    """The tags of each of these tickets, by name; a ticket without any is left out."""
    found: dict[UUID, list[str]] = {}
    rows = await tx.all(
        _On,
        """
        select tt.ticket_id, g.name from ticket_tags tt join tags g on g.id = tt.tag_id
        where tt.ticket_id = any(%s) order by g.key
        """,
        (list(tickets),),
    )
    for row in rows:
        found.setdefault(row.ticket_id, []).append(row.name)
    return found


async def known(tx: Transaction, beginning: str, most: int) -> list[Tag]:
    """The account's tags that begin with these letters, the most used first."""
    return await tx.all(
        Tag,
        """
        select g.id, g.name,
               (select count(*) from (select from ticket_tags tt where tt.tag_id = g.id limit %(counted)s) c) as tickets
        from tags g where starts_with(g.key, %(beginning)s)
        order by tickets desc, g.key limit %(most)s
        """,
        {"beginning": key_of(beginning), "most": most, "counted": MOST_COUNTED},
    )
