"""Which channel answers for an address: one in the whole installation (K1). A claim that nobody proved lapses after 72
hours and never stands in the way of one who can prove theirs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.channelkit.contract import Claim
from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import rules
from kanal.inboxes.errors import AddressInUse
from kanal.inboxes.models import Holder
from kanal.kit import clock
from kanal.kit.db import Transaction

LOST = "another account of this installation has connected this address; it was never proved here"


async def claim(tx: Transaction, channel_id: UUID, wanted: Sequence[Claim]) -> bool:
    """Make these the channel's addresses, and no others. True when one that is not yet proved is new to it."""
    await tx.run(
        """
        delete from addresses a where a.account_id = %(account)s and a.channel_id = %(channel)s
          and not exists (select from unnest(%(spaces)s::text[], %(keys)s::text[]) as w (space, key)
                          where w.space = a.space and w.key = a.key)
        """,
        {
            "account": tx.account,
            "channel": channel_id,
            "spaces": [c.space for c in wanted],
            "keys": [c.key for c in wanted],
        },
    )
    new = [c for c in wanted if await _claim_one(tx, channel_id, c)]
    return any(not c.proved for c in new)


async def _claim_one(tx: Transaction, channel_id: UUID, wanted: Claim) -> bool:
    now = clock.now()
    proved_at = now if wanted.proved else None
    if await tx.run(
        """
        insert into addresses (space, key, account_id, channel_id, proved_at, claimed_at)
        values (%s, %s, %s, %s, %s, %s) on conflict (space, key) do nothing
        """,
        (wanted.space, wanted.key, tx.account, channel_id, proved_at, now),
    ):
        return True
    holder = await tx.one(
        Holder,
        """
        select account_id, channel_id, proved_at, claimed_at from addresses
        where space = %s and key = %s for update
        """,
        (wanted.space, wanted.key),
    )
    if holder.channel_id == channel_id:
        return False
    theirs_to_lose = holder.account_id != tx.account and holder.channel_id is not None and holder.proved_at is None
    if not theirs_to_lose or not (wanted.proved or rules.has_lapsed(holder, now)):
        raise AddressInUse(await name_of_holder(tx, holder))
    await tx.run(
        """
        update addresses set account_id = %s, channel_id = %s, proved_at = %s, claimed_at = %s
        where space = %s and key = %s
        """,
        (tx.account, channel_id, proved_at, now, wanted.space, wanted.key),
    )
    await tell_loser(tx, holder)
    return True


async def name_of_holder(tx: Transaction, holder: Holder) -> str | None:
    """Row-level security keeps the names of other accounts' channels out of this."""
    found: str | None = await tx.value("select name from channels where id = %s", (holder.channel_id,))
    return found


async def tell_loser(tx: Transaction, holder: Holder) -> None:
    winner = tx.account
    await tx.enter_account(holder.account_id)
    await tx.run(
        "update channels set health = 'attention', health_why = %s, health_since = %s where id = %s",
        (LOST, clock.now(), holder.channel_id),
    )
    event = Event(name="channel.health_changed", channel_id=holder.channel_id, data={"health": "attention"})
    events.emit(tx, event)
    await tx.enter_account(winner)


async def release(tx: Transaction, channel_id: UUID) -> None:
    await tx.run("delete from addresses where account_id = %s and channel_id = %s", (tx.account, channel_id))
