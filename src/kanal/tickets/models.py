"""Tickets as they are made, changed and found."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
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


class Pipeline(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    is_default: bool
    grace_days: int
    statuses: list[Status] = []

    def status(self, key: str) -> Status | None:
        return next((status for status in self.statuses if status.key == key), None)

    @property
    def first_status(self) -> Status:
        return min(self.statuses, key=lambda status: status.position)


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
    waiting: bool = True
    """The customer's word was the last."""
    actor_id: UUID | None = None
    linked_to: UUID | None = None
    link_why: Literal["after_closed", "unproved_reference"] | None = None
    conversation_id: UUID | None = None


class TicketRef(msgspec.Struct, kw_only=True, frozen=True):
    id: UUID
    number: int


class TicketChange(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What to change; what is left out stays as it is, null empties the field."""

    status_id: UUID | msgspec.UnsetType = msgspec.UNSET
    status_key: str | msgspec.UnsetType = msgspec.UNSET
    priority: Priority | msgspec.UnsetType = msgspec.UNSET
    team_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    assignee_id: UUID | msgspec.UnsetType | None = msgspec.UNSET


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
