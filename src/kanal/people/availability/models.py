"""How somebody stands, what it is made of, and the rows in which it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from kanal.kit.hours import WeeklyHours

State = Literal["available", "away"]
Why = Literal["start", "hours", "hand", "out_of_office", "holiday", "deactivated"]
"""`start`: without hours one is available from joining on, and away before."""


class Standing(msgspec.Struct, kw_only=True, frozen=True):
    """How a member stands now."""

    state: State
    why: Why
    since: datetime
    set_by: UUID | None
    """Who set it by hand, or entered the out-of-office period."""
    back_at: datetime | None
    """When somebody who is away will be available, as far as that is planned."""


class Span(msgspec.Struct, kw_only=True, frozen=True):
    """A row of the table `availability`, between its moments. The last one is open."""

    state: State
    why: Why
    from_at: datetime
    set_by: UUID | None = None
    next_change_at: datetime | None = None
    """From here on the plan says something else; None: it never does."""


class Period(msgspec.Struct, kw_only=True, frozen=True):
    """Out of office, up to when it ends or was ended."""

    from_at: datetime
    to_at: datetime
    made_by: UUID | None
    created_at: datetime


class Plan(msgspec.Struct, kw_only=True, frozen=True):
    """What is configured about a member's being there."""

    hours: WeeklyHours | None = None
    zone: str = "UTC"
    country: str = ""
    periods: tuple[Period, ...] = ()
    """In order, and none overlaps another."""
    joined: bool = True
    deactivated: bool = False


class OutOfOffice(msgspec.Struct, kw_only=True):
    """A period that runs or will."""

    id: UUID
    member_id: UUID
    from_at: datetime
    to_at: datetime
    note: str
    made_by: UUID | None


class PastSpan(msgspec.Struct, kw_only=True):
    """How somebody stood from when to when; the open one has no end."""

    from_at: datetime
    to_at: datetime | None
    state: State
    why: Why
    set_by: UUID | None
