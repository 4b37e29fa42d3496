"""Short hands for what a kind that fetches says to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kanal.channelkit.desk import ChannelRef
from kanal.channelkit.ledger import Listed, Wanted
from kanal.kit.db import Database


def listed(*uids: int, validity: int = 7, **more: Any) -> list[Listed]:
    return [Listed(key=f"{validity}:{uid}", size=100, **more) for uid in uids]


def keys(wanted: Sequence[Wanted]) -> list[str]:
    return [each.key for each in wanted]


async def rows(db: Database, ref: ChannelRef) -> list[dict[str, Any]]:
    """The ledger of a channel, by key."""
    async with db.transaction(ref.account_id) as tx:
        return await tx.dicts("select * from ledger where channel_id = %s order by folder, key", (ref.channel_id,))
