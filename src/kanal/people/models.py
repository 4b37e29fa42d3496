"""A user is a person of the installation; a member is that person in one account."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Role = Literal["super_admin", "admin", "agent", "viewer"]
Permission = Literal["read", "answer", "manage_channels", "see_raw", "manage_members"]
Scope = Literal["read", "write", "admin"]
Locale = Literal["en", "sv"]
Purpose = Literal["first_run", "password_reset"]


class User(msgspec.Struct, kw_only=True):
    id: UUID
    email: str
    name: str
    locale: Locale
    password_hash: str | None
    totp_secret: bytes | None
    totp_enabled: bool
    deactivated_at: datetime | None


class Member(msgspec.Struct, kw_only=True):
    id: UUID
    user_id: UUID
    email: str
    name: str
    role: Role
    has_seat: bool
    active: bool


class Membership(msgspec.Struct, kw_only=True):
    """One of the accounts a user may enter."""

    account_id: int
    member_id: UUID
    role: Role
    has_seat: bool


class Team(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    member_ids: list[UUID]


class Session(msgspec.Struct, kw_only=True):
    id: UUID
    user_id: UUID
    created_at: datetime
    expires_at: datetime
    ip: str
    user_agent: str


class Token(msgspec.Struct, kw_only=True):
    """An API token as a request meets it, with the member it acts as."""

    id: UUID
    user_id: UUID
    account_id: int
    account_is_wanted: bool
    member_id: UUID
    role: Role
    has_seat: bool
    scopes: list[Scope]


class Link(msgspec.Struct, kw_only=True):
    """A one-time link that is still good."""

    user_id: UUID
    email: str
    purpose: Purpose
