"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kanal.channelkit.ledger import Wanted
from kanal.kit.db import Transaction


async def wanted(tx: Transaction, channel_id: UUID, folder: str, most: int, now: datetime) -> Sequence[Wanted]:
    """What is due to be fetched: new mail before history, then in the order of the numbers in their keys; nothing for a
    channel that was deleted."""
    return await tx.all(
        Wanted,
        """
        select folder, key, size, server_at as at, history, tries from ledger
        where channel_id = %(channel)s and folder = %(folder)s
          and state in ('wanted', 'failed') and gone_at is null and (next_try_at is null or next_try_at <= %(now)s)
          and exists (select from channels c where c.id = %(channel)s and c.deleted_at is null)
        order by history, length(key), key limit %(most)s
        """,
        {"channel": channel_id, "folder": folder, "now": now, "most": most},
    )
