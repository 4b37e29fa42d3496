"""What a hand-over is, and what comes of undoing it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Why = Literal["ill", "out_of_office", "deactivated", "other"]


class HandOver(msgspec.Struct, kw_only=True):
    id: UUID
    from_member_id: UUID
    why: Why
    set_away: bool
    """Whether they were available until then."""
    created_at: datetime
    undone_at: datetime | None


WhyLeft = Literal["closed", "given_on", "answered"]


class Left(msgspec.Struct, kw_only=True):
    """A ticket that undoing leaves where it is."""

    ticket_id: UUID
    number: int
    why: WhyLeft


class Undone(msgspec.Struct, kw_only=True):
    restored: list[UUID]
    left: list[Left]
