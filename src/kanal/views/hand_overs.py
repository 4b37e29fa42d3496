"""What somebody has that could be handed over, as far as whoever asks may see it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.kit.db import NotFound, Transaction
from kanal.views.visible import viewer

MOST = 5_000


class Planned(msgspec.Struct, kw_only=True):
    id: UUID
    number: int
    subject: str
    waiting_since: datetime | None


async def plan(tx: Transaction, asking: UUID, member: UUID) -> list[Planned]:
    """The open tickets of a member; first those whose customers wait, longest first."""
    if not await tx.value("select true from members where id = %s", (member,)):
        raise NotFound("member")
    who = await viewer(tx, asking)
    return await tx.all(
        Planned,
        f"""
        select t.id, t.number, t.subject, t.waiting_since from tickets t
        where t.assignee_id = %(member)s and t.is_open and {who.visible}
        order by t.waiting_since nulls last, t.created_at, t.id limit %(most)s
        """,  # noqa: S608 - our own fragment
        {**who.params, "member": member, "most": MOST},
    )
