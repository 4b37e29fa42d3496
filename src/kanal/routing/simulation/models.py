"""What is asked of the simulator, what it reads, and what it finds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from kanal.tickets.models import Work

State = Literal["waiting", "running", "done", "failed", "cancelled"]
Note = Literal["contacts_are_as_they_are_now", "roles_and_channels_are_as_they_are_now", "the_queue_is_not_replayed"]
NOTES: tuple[Note, ...] = (
    "contacts_are_as_they_are_now",
    "roles_and_channels_are_as_they_are_now",
    "the_queue_is_not_replayed",
)
"""Where the desk of then is not quite rebuilt; said with every result, explained in docs/routing-preview.md."""


class Simulation(msgspec.Struct, kw_only=True):
    id: UUID
    channel_id: UUID
    routing: dict[str, Any]
    state: State
    reason: str
    done: int
    total: int
    result: dict[str, Any] | None
    created_at: datetime


class BeforeAfter(msgspec.Struct, kw_only=True):
    id: UUID
    before: int = 0
    after: int = 0


class Change(msgspec.Struct, kw_only=True):
    """A ticket that would have gone elsewhere; None: nobody would have had it on arrival."""

    ticket_id: UUID
    number: int
    before: UUID | None
    after: UUID | None


class Result(msgspec.Struct, kw_only=True):
    """Ids and counts; names and subjects are laid beside when it is read, for whoever may see them."""

    from_at: datetime
    to_at: datetime
    tickets: int = 0
    """All that came."""
    missing_history: int = 0
    """Of these, those before there were rows to rebuild the desk from: they are in no other count."""
    elsewhere: int = 0
    unassigned_before: int = 0
    unassigned_after: int = 0
    compared: int = 0
    """Those whose real decision on arrival is kept."""
    reproduced: int = 0
    """Of these, how many go to the same person when decided anew by the rules of then."""
    by_member: list[BeforeAfter] = []
    by_team: list[BeforeAfter] = []
    changes: list[Change] = []
    """The newest."""
    notes: list[Note] = []


class Arrival(msgspec.Struct, kw_only=True):
    """A ticket that came by a message."""

    id: UUID
    number: int
    at: datetime
    """When it was decided, or came."""
    message_id: UUID | None
    contact_id: UUID | None
    decided: bool
    """Whether its decision on arrival is kept."""
    assignee_id: UUID | None
    closed_at: datetime | None
    counted_from: datetime | None
    """When it first counted against somebody's capacity; None: never."""
    counted_for: UUID | None


class Shift(msgspec.Struct, kw_only=True):
    """Something about a member that changed."""

    at: datetime
    kind: Literal["seat", "team", "skill", "capacity", "state", "work", "turn"]
    begins: bool
    member_id: UUID
    value: str
    """What `kind` says: a team's or skill's id, the capacity as JSON, available or away; empty for the others."""
    until: datetime | None = None
    """When that ends, where it matters."""
    ticket_id: UUID | None = None
    work: Work | None = None
