"""Contacts and handles as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Contact(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    created_at: datetime


class Changeable(msgspec.Struct, kw_only=True):
    """What people change on a contact, as it stands."""

    name: str
    owner_id: UUID | None
    custom: dict[str, Any]


class ContactChange(msgspec.Struct, kw_only=True):
    """What to change; what is left out stays as it is, null takes the owner away."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    owner_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    custom: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


class Wanted(msgspec.Struct, kw_only=True):
    """What somebody said of a contact, to be kept where nothing is known yet."""

    name: str = ""
    custom: dict[str, Any] = {}
    """Values by the key of a custom property."""


class KnownHandle(msgspec.Struct, kw_only=True, frozen=True):
    """A handle and whose it is."""

    space: str
    key: str
    address: str
    contact_id: UUID
    name: str
