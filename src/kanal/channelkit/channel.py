"""A channel as its kind sees it, and how it is named across accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class ChannelRef(msgspec.Struct, frozen=True):
    account_id: int
    channel_id: UUID


class Channel(msgspec.Struct, kw_only=True):
    """One connected instance as its kind sees it."""

    account_id: int
    id: UUID
    name: str
    settings: Mapping[str, Any]
    """As the kind's `settings_type` serialises; secrets filled in."""
    active: bool
    mail_domain: str
    """Of generated addresses and return paths."""
    connected_at: datetime | None = None
    """What was on a server before then is not fetched unless somebody asks for it."""
