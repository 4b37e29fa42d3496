"""Tickets as they are made, changed and found."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

Priority = Literal["low", "normal", "high", "urgent"]
Source = Literal["message", "hand", "api", "import", "workflow"]
Work = Literal["calling", "messaging", "email"]
"""Sorts of work, each with a limit of its own where a member's capacity says so."""


class Status(msgspec.Struct, kw_only=True, frozen=True):
    id: UUID
    pipeline_id: UUID
    key: str
    name: str
    position: int
    is_closed: bool
    may_start: bool = True
    """Whether people may make tickets in it (PIPE-2)."""
    counts: bool = True
    """Whether its tickets count against the capacity of whoever has them."""
    on_customer_message: UUID | None = None
    """The status that a ticket in this one turns to when the customer writes; None: it stays (PIPE-3)."""
    on_agent_reply: UUID | None = None


class Pipeline(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    is_default: bool
    grace_days: int
    position: int = 0
    no_skipping: bool = False
    """People take a ticket forward one status at a time (PIPE-2)."""
    no_backwards: bool = False
    statuses: list[Status] = []

    def status(self, key: str) -> Status | None:
        return next((status for status in self.statuses if status.key == key), None)

    def by_id(self, id_: UUID | None) -> Status | None:
        return next((status for status in self.statuses if status.id == id_), None)

    @property
    def first_status(self) -> Status:
        """Where a ticket begins of which nothing else is said."""
        return min(self.statuses, key=lambda status: (not status.may_start, status.position))


class NewTicket(msgspec.Struct, kw_only=True):
    """A ticket to make. Without pipeline and status it starts in the default pipeline's first one (PIPE-6)."""

    subject: str
    source: Source
    at: datetime
    description: str = ""
    snippet: str = ""
    contact_id: UUID | None = None
    channel_id: UUID | None = None
    pipeline_id: UUID | None = None
    status_id: UUID | None = None
    priority: Priority = "normal"
    team_id: UUID | None = None
    custom: dict[str, Any] = {}
    """Values of custom properties by key; `open_many` takes them as they are, `create` checks them."""
    waiting: bool = True
    """The customer's word was the last."""
    actor_id: UUID | None = None
    linked_to: UUID | None = None
    link_why: Literal["after_closed", "unproved_reference", "split"] | None = None
    conversation_id: UUID | None = None
    elsewhere: bool = False
    """Its conversation is worked in another inbox: it stands in no list of the help desk (GEN-7)."""


class TicketRef(msgspec.Struct, kw_only=True, frozen=True):
    id: UUID
    number: int


class TicketChange(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What to change; what is left out stays as it is, null empties the field."""

    status_id: UUID | msgspec.UnsetType = msgspec.UNSET
    status_key: str | msgspec.UnsetType = msgspec.UNSET
    pipeline_id: UUID | msgspec.UnsetType = msgspec.UNSET
    """Without a status beside it, the ticket keeps its status where the new pipeline has one with the same key."""
    priority: Priority | msgspec.UnsetType = msgspec.UNSET
    team_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    assignee_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    custom: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    """Custom properties by key; what is not named stays, null empties."""
    subject: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType = msgspec.UNSET
    contact_id: UUID | msgspec.UnsetType | None = msgspec.UNSET


class Touch(msgspec.Struct, kw_only=True):
    """The customer's side wrote in a ticket's conversation."""

    ticket_id: UUID
    conversation_id: UUID
    at: datetime
    human: bool
    snippet: str


class State(msgspec.Struct, kw_only=True):
    """A ticket as it stands, locked for a change."""

    id: UUID
    number: int
    pipeline_id: UUID
    status_id: UUID
    is_open: bool
    priority: Priority
    team_id: UUID | None
    assignee_id: UUID | None
    channel_id: UUID | None
    version: int
    waiting_since: datetime | None
    custom: dict[str, Any] = {}
    contact_id: UUID | None = None
    subject: str = ""
    snoozed_until: datetime | None = None
    snoozed_by: UUID | None = None
    spam_at: datetime | None = None
    deleted_at: datetime | None = None
    merged_into: UUID | None = None
    elsewhere: bool = False

    @property
    def listed(self) -> bool:
        """Whether it stands in the help desk."""
        return self.spam_at is None and self.deleted_at is None and self.merged_into is None and not self.elsewhere


class Load(msgspec.Struct, kw_only=True):
    """How many tickets count against a member's capacity: theirs, open, the customer's word the last, in a status that
    counts, and not too old."""

    total: int = 0
    calling: int = 0
    messaging: int = 0
    email: int = 0

    def of(self, work: Work) -> int:
        match work:
            case "calling":
                return self.calling
            case "messaging":
                return self.messaging
            case "email":
                return self.email

    def add(self, work: Work, count: int) -> None:
        setattr(self, work, self.of(work) + count)
        self.total += count


class Assignment(msgspec.Struct, kw_only=True):
    """Who shall have a ticket; a team that is left out stays as it is."""

    ticket_id: UUID
    assignee_id: UUID | None
    team_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
