"""A user is a person of the installation; a member is that person in one account."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Role = str
"""The key of one of the account's roles: a built-in one, or one of its own."""
BuiltinRole = Literal["super_admin", "admin", "agent", "viewer"]
Permission = Literal[
    "read",
    "answer",
    "manage_channels",
    "see_raw",
    "manage_members",
    "edit_routing",
    "manage_availability",
    "manage_desk",
    "lead",
]
Sees = Literal["all", "channels", "teams", "own"]
"""Which tickets: all; those of channels open to the member (K17); of these their own, their teams' and nobody's; their
own only."""
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
    permissions: list[Permission]


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
    permissions: list[Permission]
    scopes: list[Scope]


class Link(msgspec.Struct, kw_only=True):
    """A one-time link that is still good."""

    user_id: UUID
    email: str
    purpose: Purpose
