"""A channel that needs somebody, and one that works again: everybody who may manage channels hears of it once, in the
app and by a mail that never leaves through the channel itself. Called by consumer.py."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from kanal.events.models import Recorded
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.notifications import actions, queries
from kanal.notifications.models import Concern, State
from kanal.people import outbox
from kanal.views.visible import viewers


async def tell(tx: Transaction, fresh: Sequence[Recorded]) -> None:
    """Of each channel what these events say last, where that is news to its people."""
    said = {event.channel_id: event for event in fresh if event.name == "channel.health_changed" and event.channel_id}
    news = [each for event in said.values() if (each := await _news(tx, event))]
    if news:
        await _notify(tx, news)


class _News(msgspec.Struct, kw_only=True):
    channel_id: UUID
    seq: int
    state: State


async def _news(tx: Transaction, event: Recorded) -> _News | None:
    """An outage is told when it begins and when it is over, whatever else is said of it meanwhile."""
    assert event.channel_id is not None
    broken = event.data.get("health") == "attention"
    changed = await (_begins(tx, event.channel_id) if broken else _ends(tx, event.channel_id))
    if not changed:
        return None
    return _News(channel_id=event.channel_id, seq=event.seq, state="broken" if broken else "works")


async def _begins(tx: Transaction, channel_id: UUID) -> int:
    return await tx.run(
        """
        update channels set attention_told_at = %s
        where id = %s and attention_told_at is null and health = 'attention' and active and deleted_at is null
        """,
        (clock.now(), channel_id),
    )


async def _ends(tx: Transaction, channel_id: UUID) -> int:
    return await tx.run(
        """
        update channels set attention_told_at = null
        where id = %s and attention_told_at is not null and health <> 'attention' and deleted_at is null
        """,
        (channel_id,),
    )


async def _notify(tx: Transaction, news: Sequence[_News]) -> None:
    managers = await queries.who_may(tx, "manage_channels")
    wishes = await queries.wishes_of(tx, managers)
    who = await viewers(tx, managers)
    concerns = [
        Concern(
            member_id=member,
            kind="channel_attention",
            channel_id=each.channel_id,
            actor_id=None,
            event_seq=each.seq,
            why=each.state,
        )
        for each in news
        for member in managers
        if each.channel_id not in who[member].hidden
    ]
    await actions.notice(tx, [each for each in concerns if wishes[each.member_id][each.kind].app], wishes)
    for each in concerns:
        if wishes[each.member_id][each.kind].mail and not wishes[each.member_id][each.kind].digest:
            await outbox.put(
                tx,
                each.member_id,
                "channel_attention",
                once=f"{each.kind}/{each.event_seq}",
                channel_id=each.channel_id,
                words={"state": each.why},
            )
