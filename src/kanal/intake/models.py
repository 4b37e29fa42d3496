"""Raw events under way, and what has been said in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.channelkit.contract import Threading
from kanal.channelkit.messages import Door, Handle, Inbound, Said, Verdict
from kanal.routing.setting import Settable

State = Literal[
    "waiting",
    "ticket",
    "conversation",
    "reply",
    "comment",
    "receipt",
    "duplicate",
    "quarantined",
    "held",
    "failed",
    "spam",
    "outgoing",
]


class Waiting(msgspec.Struct, kw_only=True):
    """A raw event that waits."""

    id: UUID
    body: bytes | None
    blob: str | None
    size: int
    door: dict[str, object]
    received_at: datetime
    tries: int


class ChannelRow(msgspec.Struct, kw_only=True):
    """What the pipeline needs of a channel."""

    id: UUID
    kind: str
    name: str
    inbox_id: UUID
    makes_tickets: bool
    active: bool
    deleted: bool
    first_received_at: datetime | None
    routing: Any
    """As it is stored, whole or broken."""
    threading: Threading = "references"
    one_shot: bool = False


class Parsed(msgspec.Struct, kw_only=True):
    """One raw event with what its kind read in it; files are stored already."""

    id: UUID
    received_at: datetime
    door: Door
    inbound: list[Inbound]
    files: dict[int, list[StoredFile]] = {}
    """By position in `inbound`."""


class StoredFile(msgspec.Struct, kw_only=True):
    blob: str
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str


class Forwarder(msgspec.Struct, kw_only=True):
    """Who handed a message on."""

    space: str
    key: str
    address: str
    name: str
    trust: Verdict


class Claim(msgspec.Struct, kw_only=True):
    """Whose message was handed on, and what became of the claim; kept with the message."""

    state: str
    """`applied`: the original sender is the sender; `claimed`: nobody vouches for it; `refused`: it is the
    forwarder's."""
    space: str
    key: str
    address: str
    name: str
    sent: str
    subject: str
    by: Forwarder


class Item(msgspec.Struct, kw_only=True):
    """One thing said, on its way through a wave."""

    raw_id: UUID
    received_at: datetime
    door: Door
    said: Said
    files: list[StoredFile] = []
    setting: Settable = msgspec.field(default_factory=Settable)
    """What can be set on a ticket that it opens."""
    contact_id: UUID | None = None
    message_id: UUID | None = None
    claim: Claim | None = None
    """It was handed on by somebody."""

    @property
    def handle(self) -> Handle:
        return self.said.sender.handle

    @property
    def human(self) -> bool:
        return self.said.automatic is None and not self.said.loop


class Fate(msgspec.Struct, kw_only=True):
    """What became of a raw event."""

    raw_id: UUID
    state: State
    """With `failed` it is tried again after a while."""
    reason: str = ""
    ticket_id: UUID | None = None
    message_id: UUID | None = None
    tries: int = 0
    """How often it was tried before, for one that failed."""
