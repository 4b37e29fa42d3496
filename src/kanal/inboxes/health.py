"""How a channel is doing, and whether its provider still takes our credentials. People hear of it by the events; while
a channel needs somebody, what is queued for it waits."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import queries, rules
from kanal.inboxes.models import Health
from kanal.kit import clock
from kanal.kit.db import Transaction

CHANNELS = "channels"
"""The topic that says: a channel was connected, changed, switched, authorized or deleted."""
WAY_OUT = "Sending: "
"""How `health_why` begins when it is about the way out: whoever fetches has no say in that."""
REFUSED = "The server refuses the user name or the password. Sign in anew in the channel's configuration."
NOTED_EVERY = timedelta(seconds=5)
"""When something came or left last is written down no more often than this."""


async def say(tx: Transaction, channel_id: UUID, state: Health, why: str = "") -> bool:
    """Told when it changed; whether it did."""
    changed = await tx.run(
        """
        update channels set health = %(state)s, health_why = %(why)s,
               health_since = case when health = %(state)s then health_since else %(now)s end
        where id = %(id)s and (health, health_why) is distinct from (%(state)s, %(why)s)
        """,
        {"id": channel_id, "state": state, "why": why[:1000], "now": clock.now()},
    )
    if changed:
        events.emit(tx, Event(name="channel.health_changed", channel_id=channel_id, data={"health": state}))
    return bool(changed)


async def well(tx: Transaction, channel_id: UUID) -> bool:
    """Nothing is known to be wrong; it may still wait for something. Whether that is news."""
    return await say(tx, channel_id, *rules.at_rest(await queries.channel(tx, channel_id)))


async def authorize(tx: Transaction, channel_id: UUID, granted: bool, why: str = "") -> bool:
    """The provider took the channel's credentials, or refuses them; whether that is news. What is queued waits until
    they are taken again, and whoever waits for that is to be woken by the caller."""
    row = await queries.channel_to_change(tx, channel_id)
    if row.deleted_at is not None:
        return False
    if not granted:
        await say(tx, channel_id, "attention", why or REFUSED)
    trying = row.health == "attention" and row.health_why in (rules.TRYING, WAY_OUT + rules.TRYING)
    if row.authorized == granted and not (granted and trying):
        return False
    await tx.run("update channels set authorized = %s where id = %s", (granted, channel_id))
    if granted:
        await well(tx, channel_id)
    events.emit(tx, Event(name="channel.authorized", channel_id=channel_id, data={"authorized": granted}))
    tx.wake(CHANNELS)
    return True


async def try_anew(tx: Transaction, channel_id: UUID) -> None:
    """Somebody changed what was refused: whoever fetches, or the next message that leaves, finds out whether it is
    taken now."""
    refused = (await queries.channel(tx, channel_id)).health_why
    await tx.run("update channels set authorized = true where id = %s", (channel_id,))
    await say(tx, channel_id, "attention", (WAY_OUT if refused.startswith(WAY_OUT) else "") + rules.TRYING)


async def heard(tx: Transaction, channel_id: UUID) -> None:
    """Something came in. To be said last in its transaction: it holds the channel's row."""
    await tx.run(
        """
        update channels set last_in_at = %(now)s
        where id = %(id)s and (last_in_at is null or last_in_at < %(before)s)
        """,
        _noted(channel_id),
    )


async def sent(tx: Transaction, channel_id: UUID) -> None:
    """Something left."""
    await tx.run(
        """
        update channels set last_out_at = %(now)s
        where id = %(id)s and (last_out_at is null or last_out_at < %(before)s)
        """,
        _noted(channel_id),
    )


def _noted(channel_id: UUID) -> dict[str, object]:
    now = clock.now()
    return {"id": channel_id, "now": now, "before": now - NOTED_EVERY}
