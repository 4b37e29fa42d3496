"""A user is a person of the installation; a member is that person in one account."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from kanal.people.skills.models import SkillLevel

Role = str
"""The key of one of the account's roles: a built-in one, or one of its own."""
BuiltinRole = Literal["super_admin", "admin", "agent", "viewer"]
Permission = Literal[
    "read",
    "answer",
    "manage_channels",
    "manage_forms",
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
Purpose = Literal["first_run", "password_reset", "invitation"]


class User(msgspec.Struct, kw_only=True):
    id: UUID
    email: str
    name: str
    locale: Locale
    password_hash: str | None
    totp_secret: bytes | None
    totp_enabled: bool
    deactivated_at: datetime | None


class Person(msgspec.Struct, kw_only=True):
    """A member as colleagues see one."""

    id: UUID
    name: str
    chat_name: str
    """What customers read instead of the name where they chat; may be empty."""
    photo: str | None
    """The digest of the file."""
    active: bool
    has_seat: bool


class Member(Person, kw_only=True):
    user_id: UUID
    email: str
    role: Role
    title: str
    timezone: str
    country: str
    working_hours: dict[str, list[list[str]]] | None
    """By day; None: around the clock. See kit/hours."""
    capacity: dict[str, int]
    """`total`, or any of `calling`, `messaging`, `email`; what is missing has no limit."""
    invited_at: datetime | None
    joined_at: datetime | None
    """None while an invitation waits for its first password."""
    team_ids: list[UUID]


class Membership(msgspec.Struct, kw_only=True):
    """One of the accounts a user may enter."""

    account_id: int
    member_id: UUID
    role: Role
    has_seat: bool
    permissions: list[Permission]


class TeamMember(msgspec.Struct, kw_only=True):
    """Main members are given the team's tickets by themselves, extra members see them (ROUTE-12)."""

    id: UUID
    is_main: bool


class Team(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    members: list[TeamMember]
    member_ids: list[UUID]
    sends_by: UUID | None
    """The channel by which its members write where no thread says otherwise."""


class TeamOf(msgspec.Struct, kw_only=True):
    """A team, as one of its members has it."""

    id: UUID
    is_main: bool


class ClosedChannel(msgspec.Struct, kw_only=True):
    """A channel that a team's end would close to almost everybody."""

    id: UUID
    name: str


class Capacity(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How many open tickets with the customer's word the last; either in total, or by sort of work. None: no limit."""

    total: int | None = None
    calling: int | None = None
    messaging: int | None = None
    email: int | None = None


class GivenTeam(TeamOf, kw_only=True, forbid_unknown_fields=True):
    is_main: bool = True


class MemberChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is given is changed, the rest stays."""

    name: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    chat_name: str | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    seat: bool | UnsetType = UNSET
    teams: list[GivenTeam] | UnsetType = UNSET
    skills: list[SkillLevel] | UnsetType = UNSET
    capacity: Capacity | UnsetType = UNSET
    working_hours: dict[str, list[list[str]]] | UnsetType | None = UNSET
    timezone: str | UnsetType = UNSET
    country: str | UnsetType = UNSET


class RoleChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    permissions: list[Permission] | UnsetType = UNSET
    sees: Sees | UnsetType = UNSET


class RoleRow(msgspec.Struct, kw_only=True):
    """A role of the account. Built-in ones have no name of their own: screens translate their keys."""

    key: Role
    name: str
    permissions: list[Permission]
    sees: Sees
    builtin: bool
    members: int
    """Who has it, those who left included."""


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
    name: str
    purpose: Purpose
