"""Conversations, their participants, and where a message was placed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Role = Literal["contact", "cc", "new_person"]


class Conversation(msgspec.Struct, kw_only=True):
    id: UUID
    inbox_id: UUID
    channel_id: UUID
    ticket_id: UUID | None
    contact_id: UUID | None
    subject: str
    subject_key: str
    state: str
    apart: bool
    """It lives in a conversations inbox, and is worked there."""
    last_in_at: datetime | None
    last_out_at: datetime | None


class Participant(msgspec.Struct, kw_only=True):
    space: str
    key: str
    address: str
    name: str
    role: Role


class Candidate(msgspec.Struct, kw_only=True, frozen=True):
    """A conversation that a message may belong to, with what decides whether it may go on there."""

    id: UUID
    channel_id: UUID
    """Where it began; what goes on in it may come by another one."""
    ticket_id: UUID | None
    contact_id: UUID | None
    subject_key: str
    open_to_replies: bool
    """Its ticket is open, or closed within the pipeline's grace period (K10), or there is none, or it is
    worked apart."""
    apart: bool = False
    spam: bool = False
    split_from: UUID | None = None
    """The conversation that it was a part of, the first of them all."""

    @property
    def family(self) -> UUID:
        return self.split_from or self.id


class Known(msgspec.Struct, kw_only=True, frozen=True):
    """A message we know by an id that another message refers to."""

    external_id: str
    ours: bool
    """We made the id, and nobody can guess it."""
    conversation_id: UUID


class Placement(msgspec.Struct, kw_only=True, frozen=True):
    """Where a message goes. Without a conversation it opens a new one."""

    conversation: Candidate | None = None
    joins: bool = False
    """The sender is not yet in the conversation, and comes in as a new person (K19)."""
    proved: bool = False
    """By a valid token or an id that we made."""
    linked_to: UUID | None = None
    """The ticket that the new one is linked to."""
    why: Literal["after_closed", "unproved_reference"] | None = None


class Thread(msgspec.Struct, kw_only=True):
    """What a reply refers to on the wire."""

    in_reply_to: str
    references: list[str]
