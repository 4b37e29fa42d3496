"""What is written down of the messages that a server lists."""

from __future__ import annotations

from uuid import UUID

import msgspec

from kanal.channelkit.ledger import Entry


class Stored(msgspec.Struct, kw_only=True, frozen=True):
    """An entry whose message is here now."""

    channel_id: UUID
    entry: Entry
    raw_event_id: UUID
    size: int
