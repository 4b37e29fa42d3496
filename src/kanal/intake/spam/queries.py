"""What judging needs to know: the channel's own addresses, and whom we know."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import msgspec

from kanal.contacts.senders.models import SenderKey
from kanal.kit.db import Transaction


async def own_addresses(tx: Transaction, channel: UUID) -> frozenset[SenderKey]:
    """Those by which a channel is reached; looked up once a transaction."""
    known: frozenset[SenderKey] | None = tx.kept.get(("own addresses", channel))
    if known is None:
        rows = await tx.all(
            _Key, "select space, key from addresses where account_id = %s and channel_id = %s", (tx.account, channel)
        )
        known = tx.kept["own addresses", channel] = frozenset((row.space, row.key) for row in rows)
    return known


class _Key(msgspec.Struct):
    space: str
    key: str


class Familiar(msgspec.Struct, kw_only=True):
    """Whose handle it is."""

    space: str
    key: str
    contact_id: UUID
    genuine: bool
    """We know them by more than spam."""


async def familiar(tx: Transaction, senders: Collection[SenderKey]) -> dict[SenderKey, Familiar]:
    """The contacts of these senders; who is none is left out."""
    if not senders:
        return {}
    rows = await tx.all(
        Familiar,
        """
        select h.space, h.key, h.contact_id,
               not exists (select from conversations c where c.contact_id = h.contact_id)
                 or exists (select from conversations c where c.contact_id = h.contact_id and c.spam_at is null)
                 as genuine
        from unnest(%s::text[], %s::text[]) as wanted (space, key)
        join handles h on h.space = wanted.space and h.key = wanted.key
        """,
        ([space for space, _ in senders], [key for _, key in senders]),
    )
    return {(row.space, row.key): row for row in rows}
