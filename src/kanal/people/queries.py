"""Reading people. Users are the installation's; members and teams are those of the transaction's account."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString
from uuid import UUID

import msgspec

from kanal.kit.db import Transaction
from kanal.people.models import Member, Membership, Person, RoleRow, Team, TeamMember, TeamOf, User

MEMBERS: LiteralString = """
  select m.id, m.user_id, u.email, u.name, m.role, m.has_seat, m.deactivated_at is null as active, m.chat_name, m.title,
         m.photo, m.timezone, m.country, m.working_hours, m.capacity, m.invited_at, m.joined_at,
         array(select t.team_id from team_members t where t.member_id = m.id order by t.team_id) as team_ids
  from members m join users u on u.id = m.user_id
"""
TEAMS: LiteralString = """
  select t.id, t.name, t.sends_by,
         array(select m.member_id from team_members m where m.team_id = t.id order by m.member_id) as member_ids,
         array(select m.member_id from team_members m where m.team_id = t.id and not m.is_main) as extra_ids
  from teams t
"""
ROLES: LiteralString = """
  select r.key, r.name, r.permissions, r.sees, r.builtin,
         (select count(*) from members m where m.role = r.key) as members
  from roles r
"""


class _TeamRow(msgspec.Struct, kw_only=True):
    id: UUID
    name: str
    sends_by: UUID | None
    member_ids: list[UUID]
    extra_ids: list[UUID]


async def user_by_email(tx: Transaction, email_key: str) -> User | None:
    return await tx.maybe(
        User,
        """
        select id, email, name, locale, password_hash, totp_secret, totp_enabled, deactivated_at
        from users where email = %s
        """,
        (email_key,),
    )


async def user(tx: Transaction, user_id: UUID) -> User:
    return await tx.one(
        User,
        """
        select id, email, name, locale, password_hash, totp_secret, totp_enabled, deactivated_at
        from users where id = %s
        """,
        (user_id,),
    )


async def memberships(tx: Transaction, user_id: UUID) -> list[Membership]:
    """The accounts that a user may enter now."""
    return await tx.all(
        Membership,
        "select account_id, member_id, role, has_seat, permissions from memberships(%s) order by account_id",
        (user_id,),
    )


async def persons(tx: Transaction, members: Collection[UUID] | None = None) -> list[Person]:
    """These members, or all."""
    return await tx.all(
        Person,
        """
        select m.id, u.name, m.chat_name, m.photo, m.deactivated_at is null as active, m.has_seat
        from members m join users u on u.id = m.user_id
        where %(members)s::uuid[] is null or m.id = any(%(members)s)
        """,
        {"members": None if members is None else list(members)},
    )


async def member(tx: Transaction, member_id: UUID) -> Member:
    return await tx.one(Member, f"{MEMBERS} where m.id = %s", (member_id,))


async def members(tx: Transaction, after: UUID | None = None, most: int = 10_000) -> list[Member]:
    """Oldest first."""
    return await tx.all(
        Member,
        f"""
        {MEMBERS}
        where %(after)s::uuid is null or m.id > %(after)s
        order by m.id limit %(most)s
        """,
        {"after": after, "most": most},
    )


async def teams_of(tx: Transaction, member_id: UUID) -> list[TeamOf]:
    return await tx.all(
        TeamOf,
        "select team_id as id, is_main from team_members where member_id = %s order by team_id",
        (member_id,),
    )


async def team(tx: Transaction, team_id: UUID) -> Team:
    found = await tx.one(_TeamRow, f"{TEAMS} where t.id = %s", (team_id,))
    return _team(found)


async def teams(tx: Transaction, after: UUID | None = None, most: int = 10_000) -> list[Team]:
    """Oldest first, each with its members."""
    found = await tx.all(
        _TeamRow,
        f"""
        {TEAMS}
        where %(after)s::uuid is null or t.id > %(after)s
        order by t.id limit %(most)s
        """,
        {"after": after, "most": most},
    )
    return [_team(row) for row in found]


async def roles(tx: Transaction) -> list[RoleRow]:
    """Built-in ones first, then the account's own in the order in which they were made."""
    return await tx.all(RoleRow, f"{ROLES} order by r.position, r.created_at, r.key")


async def role(tx: Transaction, key: str) -> RoleRow:
    return await tx.one(RoleRow, f"{ROLES} where r.key = %s", (key,))


def _team(row: _TeamRow) -> Team:
    members = [TeamMember(id=each, is_main=each not in row.extra_ids) for each in row.member_ids]
    return Team(id=row.id, name=row.name, members=members, member_ids=row.member_ids, sends_by=row.sends_by)
