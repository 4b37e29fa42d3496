"""What is to be fetched after all, by the word of a person: old mail, or one message that was skipped or could not be
had."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kanal.channelkit.ledger import BEFORE, Entry
from kanal.inboxes import health, raw_events
from kanal.inboxes.errors import NotReplayable
from kanal.inboxes.ledger import listing
from kanal.inboxes.ledger.actions import tell
from kanal.kit.db import Transaction


async def want_history(tx: Transaction, channel_id: UUID, since: datetime | None) -> None:
    """Old mail from `since` on is fetched too, and no older; None: none of it. What is here already stays."""
    await tx.run("update channels set history_from = %s where id = %s", (since, channel_id))
    await tx.run(
        """
        update ledger set state = 'skipped', reason = %(before)s, next_try_at = null
        where channel_id = %(channel)s and history and state in ('wanted', 'failed')
          and (%(since)s::timestamptz is null or server_at < %(since)s)
        """,
        {"channel": channel_id, "since": since, "before": BEFORE},
    )
    await tx.run(
        """
        update ledger set state = 'wanted', reason = ''
        where channel_id = %s and history and state = 'skipped' and server_at >= %s::timestamptz
        """,
        (channel_id, since),
    )
    tell(tx, channel_id)


async def replay(tx: Transaction, channel_id: UUID, entry: Entry, *, actor: UUID | None) -> None:
    """Do one again: fetch it where it was skipped or could not be had, else take in anew what is here. Raises NotFound
    and NotReplayable."""
    item = await listing.item(tx, channel_id, entry)
    if item.raw_event_id is not None:
        await raw_events.replay(tx, item.raw_event_id, raw_events.ALL, actor=actor)
        return
    if not item.can_replay:
        raise NotReplayable("it is about to be fetched already")
    await tx.run(
        """
        update ledger set state = 'wanted', reason = '', tries = 0, next_try_at = null
        where channel_id = %s and folder = %s and key = %s
        """,
        (channel_id, entry.folder, entry.key),
    )
    tell(tx, channel_id)
    tx.wake(health.CHANNELS)
