"""A tag as it is stored."""

from __future__ import annotations

from uuid import UUID

import msgspec


class Tag(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    tickets: int
    """How many tickets have it, counted to a thousand."""
