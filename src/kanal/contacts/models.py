"""Contacts and handles as rows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class Contact(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    created_at: datetime


class KnownHandle(msgspec.Struct, kw_only=True, frozen=True):
    """A handle and whose it is."""

    space: str
    key: str
    address: str
    contact_id: UUID
    name: str
