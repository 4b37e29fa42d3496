"""Members' own addresses in the one book of addresses (K1, EML-3): beside a channel's there is no room for one, and the
other way round. What nobody proved stands in nobody's way who can."""

from __future__ import annotations

from uuid import UUID

from kanal.inboxes.claims import name_of_holder, tell_loser
from kanal.inboxes.errors import AddressInUse
from kanal.inboxes.models import Holder
from kanal.kit import clock
from kanal.kit.db import Transaction


async def check_free(tx: Transaction, space: str, key: str) -> None:
    """Raises AddressInUse: by a channel of this account, or by whoever proved it."""
    holder = await _holder(tx, space, key)
    if holder is not None and not _gives_way(tx, holder):
        raise AddressInUse(await name_of_holder(tx, holder))


async def enter(tx: Transaction, space: str, key: str, member: UUID) -> None:
    """The member has proved it. Raises AddressInUse."""
    now = clock.now()
    if await tx.run(
        """
        insert into addresses (space, key, account_id, member_id, proved_at, claimed_at)
        values (%s, %s, %s, %s, %s, %s) on conflict (space, key) do nothing
        """,
        (space, key, tx.account, member, now, now),
    ):
        return
    await check_free(tx, space, key)
    holder = await _holder(tx, space, key)
    await tx.run(
        """
        update addresses set account_id = %s, member_id = %s, channel_id = null, proved_at = %s, claimed_at = %s
        where space = %s and key = %s
        """,
        (tx.account, member, now, now, space, key),
    )
    if holder is not None:
        await tell_loser(tx, holder)


async def _holder(tx: Transaction, space: str, key: str) -> Holder | None:
    return await tx.maybe(
        Holder,
        "select account_id, channel_id, proved_at, claimed_at from addresses where space = %s and key = %s for update",
        (space, key),
    )


def _gives_way(tx: Transaction, holder: Holder) -> bool:
    return holder.account_id != tx.account and holder.channel_id is not None and holder.proved_at is None
