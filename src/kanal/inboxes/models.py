"""A channel as it is stored, what may be changed of it, and the raw events that it received."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.channelkit.messages import Door
from kanal.kit.ids import new_id

Health = Literal["ok", "waiting", "attention"]
OpenTo = Literal["account", "teams"]
BelongTo = Literal["original", "forwarder"]
"""To whom a message that somebody hands on belongs: who wrote it, or who handed it on."""


class ChannelRow(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID
    inbox_id: UUID
    inbox_kind: str
    inbox_name: str
    kind: str
    name: str
    settings: dict[str, Any]
    """Without secrets: in the place of each stands `has_<name>`."""
    secrets: bytes | None
    routing: dict[str, Any]
    state: dict[str, Any]
    active: bool
    authorized: bool
    open_to: OpenTo
    team_ids: list[UUID]
    health: Health
    health_why: str
    health_since: datetime
    unproved: bool
    """It claims an address that nobody has shown to be its own."""
    first_received_at: datetime | None
    last_in_at: datetime | None
    last_out_at: datetime | None
    forwards_belong_to: BelongTo
    acknowledgement: dict[str, Any]
    accepted_by: UUID | None
    accepted_at: datetime | None
    is_fetched: bool
    """A server's messages are written down in its ledger."""
    created_at: datetime
    deleted_at: datetime | None


class NewChannel(msgspec.Struct, kw_only=True):
    name: str
    settings: dict[str, Any]
    routing: dict[str, Any] = {}
    forwards_belong_to: BelongTo = "original"
    acknowledgement: dict[str, Any] = {}
    inbox_id: UUID | None = None
    """Where it lives; None: in the help desk."""
    accepted: bool = False
    """Whoever connects it agrees to what is read, stored and sent."""


class ChannelChange(msgspec.Struct, kw_only=True):
    """What is left out stays as it is; settings are merged, and null takes a setting away."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    active: bool | msgspec.UnsetType = msgspec.UNSET
    settings: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    routing: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    open_to: OpenTo | msgspec.UnsetType = msgspec.UNSET
    team_ids: list[UUID] | msgspec.UnsetType = msgspec.UNSET
    forwards_belong_to: BelongTo | msgspec.UnsetType = msgspec.UNSET
    acknowledgement: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    accepted: bool = False
    make_tickets_of_held: bool = False


class Holder(msgspec.Struct, kw_only=True):
    """Who answers for an address."""

    account_id: int
    channel_id: UUID | None
    proved_at: datetime | None
    claimed_at: datetime


class RawEvent(msgspec.Struct, kw_only=True):
    """What a channel received, without its bytes, and what became of it."""

    id: UUID
    channel_id: UUID
    channel_name: str
    external_id: str
    size: int
    door: dict[str, Any]
    received_at: datetime
    state: str
    reason: str
    next_try_at: datetime | None
    ticket_id: UUID | None
    ticket_number: int | None
    conversation_id: UUID | None
    """Where it stands in a conversations inbox."""
    inbox_id: UUID | None
    inbox_name: str | None


class NewRawEvent(msgspec.Struct, kw_only=True):
    """What a door received for a channel, not yet stored."""

    id: UUID = msgspec.field(default_factory=new_id)
    channel_id: UUID
    external_id: str
    """Unique in the channel: a second one with the same is the same delivery, said again."""
    body: bytes
    blob: str | None = None
    """What storage calls the body, where it is too large for the row (`raw_events.IN_ROW`)."""
    door: Door
    received_at: datetime


class RawBytes(msgspec.Struct, kw_only=True):
    """In the row, or in storage under `blob`."""

    channel_id: UUID
    body: bytes | None
    blob: str | None


class Replayed(msgspec.Struct, kw_only=True):
    """What decides whether doing a raw event again makes sense."""

    channel_id: UUID
    state: str
    active: bool
    deleted: bool
    raw_only: bool
    placed: bool
    """It became a message, or is a copy of one."""
    erased: bool
    """Its bytes were deleted; only its fate is kept."""
