"""Settling raw events: each gets a fate that people see, and can be replayed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from kanal.events import actions as events
from kanal.events.models import Event
from kanal.inboxes import health
from kanal.intake.models import Fate
from kanal.kit import clock
from kanal.kit.db import Transaction, document

QUIET = frozenset({"ticket", "reply", "comment", "receipt", "spam", "conversation"})
"""Fates that an event of their own tells already."""


async def settle(tx: Transaction, channel: UUID, fates: Sequence[Fate]) -> None:
    for fate in fates:
        if fate.state == "failed":
            await fail(tx, channel, fate.raw_id, fate.reason, fate.tries)
    settled = [fate for fate in fates if fate.state != "failed"]
    await tx.run(
        """
        update raw_events r set state = f.state, reason = f.reason, ticket_id = coalesce(f.ticket_id, r.ticket_id),
               message_id = coalesce(f.message_id, r.message_id), settled_at = %s, next_try_at = null
        from json_to_recordset(%s) as f (raw_id uuid, state text, reason text, ticket_id uuid, message_id uuid)
        where r.id = f.raw_id
        """,
        (clock.now(), document(settled)),
    )
    for fate in settled:
        if fate.state not in QUIET:
            _tell(tx, channel, fate.raw_id, fate.state)


async def hold_all(tx: Transaction, channel: UUID, state: str, reason: str) -> int:
    """Give everything that waits on a channel one fate: it is switched off, or gone."""
    held = await tx.values(
        """
        update raw_events set state = %s, reason = %s, settled_at = %s where channel_id = %s and state = 'waiting'
        returning id
        """,
        (state, reason, clock.now(), channel),
    )
    for raw_id in held:
        _tell(tx, channel, raw_id, state)
    return len(held)


async def fail(tx: Transaction, channel: UUID, raw_id: UUID, reason: str, tries: int) -> None:
    """It could not be taken in; it is tried again by itself, ever more rarely, and stays visible meanwhile."""
    wait = timedelta(seconds=min(10 * 4**tries, 6 * 3600))
    await tx.run(
        """
        update raw_events set state = 'failed', reason = %s, tries = tries + 1, next_try_at = %s
        where id = %s and state = 'waiting'
        """,
        (reason, clock.now() + wait, raw_id),
    )
    _tell(tx, channel, raw_id, "failed")


async def try_again(tx: Transaction, raw_id: UUID) -> None:
    """Put a failed raw event back in line."""
    channel = await tx.value(
        "update raw_events set state = 'waiting' where id = %s and state = 'failed' returning channel_id", (raw_id,)
    )
    if channel:
        tx.wake(f"raw:{tx.account}:{channel}")


async def note_first(tx: Transaction, channel: UUID, *, proves: bool) -> None:
    """The first delivery has come through: the wizard that waits for it turns green. It `proves` that the channel's
    address leads here where we have no way to send a mail that does; what is read from a mailbox proves nothing."""
    now = clock.now()
    if not await tx.run(
        "update channels set first_received_at = %s where id = %s and first_received_at is null", (now, channel)
    ):
        return
    if proves and await tx.run(
        """
        update addresses set proved_at = %s
        where account_id = %s and channel_id = %s and proved_at is null
          and not exists (select from ledger_folders f where f.channel_id = addresses.channel_id)
        """,
        (now, tx.account, channel),
    ):
        events.emit(tx, Event(name="address.proved", channel_id=channel))
    if not await health.well(tx, channel):
        events.emit(tx, Event(name="channel.health_changed", channel_id=channel, data={"health": "waiting"}))


def _tell(tx: Transaction, channel: UUID, raw_id: UUID, state: str) -> None:
    data = {"raw_event_id": str(raw_id), "state": state}
    events.emit(tx, Event(name="raw_event.settled", channel_id=channel, data=data))
