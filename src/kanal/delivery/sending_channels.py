"""By which channels somebody may write: all that can start a conversation and that they may see, the one by which a
thread goes, and the one that their team writes by (EML-25). `prospect` and the composer ask here."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kanal.channelkit.contract import Kind
from kanal.delivery.models import Carriers
from kanal.inboxes import queries as channels
from kanal.inboxes.models import ChannelRow
from kanal.kit.db import Transaction

Sending = tuple[ChannelRow, Kind]


async def find(tx: Transaction, carriers: Carriers, hidden: Collection[UUID]) -> list[Sending]:
    """Those that are on and may write first, oldest first."""
    return [
        (row, kind)
        for row in await channels.channels(tx, hidden=list(hidden))
        if row.active and (kind := carriers.kinds.get(row.kind)) is not None and kind.capabilities.starts
    ]


async def of_thread(tx: Transaction, conversation: UUID) -> ChannelRow | None:
    """The channel by which people wrote in a conversation last, of those that are still connected."""
    found = await tx.value(
        """
        select m.channel_id from messages m join channels c on c.id = m.channel_id
        where m.conversation_id = %s and m.automatic is null and not m.is_forward and c.deleted_at is null
        order by m.created_at desc, m.id desc limit 1
        """,
        (conversation,),
    )
    return await channels.channel(tx, found) if found else None


async def by_team(tx: Transaction, member: UUID | None) -> UUID | None:
    """The default of a member's teams; of several that have one, a team in which they are a main member goes first."""
    found: UUID | None = await tx.value(
        """
        select t.sends_by from teams t
        join team_members m on m.team_id = t.id
        join channels c on c.id = t.sends_by and c.deleted_at is null
        where m.member_id = %s
        order by m.is_main desc, t.created_at, t.id limit 1
        """,
        (member,),
    )
    return found
