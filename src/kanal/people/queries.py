"""Reading people. Users are the installation's; members and teams are those of the transaction's account."""

from __future__ import annotations

from uuid import UUID

from kanal.kit.db import Transaction
from kanal.people.models import Member, Membership, Team, User


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


async def member(tx: Transaction, member_id: UUID) -> Member:
    return await tx.one(
        Member,
        """
        select m.id, m.user_id, u.email, u.name, m.role, m.has_seat, m.deactivated_at is null as active
        from members m join users u on u.id = m.user_id
        where m.id = %s
        """,
        (member_id,),
    )


async def members(tx: Transaction, after: UUID | None = None, most: int = 10_000) -> list[Member]:
    """Oldest first."""
    return await tx.all(
        Member,
        """
        select m.id, m.user_id, u.email, u.name, m.role, m.has_seat, m.deactivated_at is null as active
        from members m join users u on u.id = m.user_id
        where %(after)s::uuid is null or m.id > %(after)s
        order by m.id limit %(most)s
        """,
        {"after": after, "most": most},
    )


async def teams(tx: Transaction, after: UUID | None = None, most: int = 10_000) -> list[Team]:
    """Oldest first, each with the ids of its members."""
    return await tx.all(
        Team,
        """
        select t.id, t.name, array(
          select m.member_id from team_members m where m.team_id = t.id order by m.member_id
        ) as member_ids
        from teams t
        where %(after)s::uuid is null or t.id > %(after)s
        order by t.id limit %(most)s
        """,
        {"after": after, "most": most},
    )
