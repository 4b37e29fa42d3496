"""What is written down of the messages that a server lists."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.channelkit.ledger import Entry
from kanal.inboxes.rules import replayable


class Stored(msgspec.Struct, kw_only=True, frozen=True):
    """An entry whose message is here now."""

    channel_id: UUID
    entry: Entry
    raw_event_id: UUID
    size: int


class Balance(msgspec.Struct, kw_only=True):
    """A folder: how many messages the server holds, and of how many it is known what became of them."""

    folder: str
    on_server: int
    unexplained: int
    swept_at: datetime | None
    """When its list was last gone through from end to end."""

    @property
    def explained(self) -> int:
        return max(0, self.on_server - self.unexplained)


class Import(msgspec.Struct, kw_only=True):
    """How far the import of old mail is."""

    since: datetime
    total: int
    done: int


class Place(msgspec.Struct, array_like=True, frozen=True):
    """A place in the list, newest first."""

    at: datetime
    folder: str
    key: str


class Item(msgspec.Struct, kw_only=True):
    """A message on the server, and what became of it."""

    folder: str
    key: str
    state: str
    """Of the entry, or of the raw event once there is one."""
    reason: str
    at: datetime
    size: int
    raw_event_id: UUID | None
    ticket_id: UUID | None
    ticket_number: int | None
    placed: bool
    """It became a message, or is a copy of one."""

    @property
    def can_replay(self) -> bool:
        if self.raw_event_id is None:
            return self.state in ("skipped", "failed")
        return replayable(self.state, placed=self.placed)
