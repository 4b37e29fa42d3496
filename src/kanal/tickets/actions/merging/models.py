"""What a merge moved."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from kanal.conversations.moving import Introduced, Moved


class Standing(msgspec.Struct, kw_only=True):
    """What a merge may change on the ticket that stays."""

    contact_id: UUID | None
    channel_id: UUID | None
    created_at: datetime
    status_id: UUID
    closed_at: datetime | None
    last_message_at: datetime
    last_direction: str | None
    snippet: str
    waiting_since: datetime | None
    has_failed_reply: bool


class Taken(msgspec.Struct, kw_only=True):
    """What went over."""

    conversations: list[Moved]
    introduced: list[Introduced]
    comments: list[UUID]
    drafts: list[UUID]
    """By member."""
    notices: list[UUID]
    followers: list[UUID]
    """Those who did not follow the other one before."""
    tags: list[UUID]
    links: list[UUID]
    """Tickets that the other one was not linked to before."""


class Merge(msgspec.Struct, kw_only=True):
    """What went over, and how the ticket that stays stood before and after."""

    taken: Taken
    there: list[Moved]
    """The conversations that it had already."""
    was: Standing
    became: Standing


class MergeRow(msgspec.Struct, kw_only=True):
    id: UUID
    ticket_id: UUID
    into_id: UUID
    moved: Merge
    made_at: datetime
    undone_at: datetime | None
