"""Adding people: users to the installation, members and teams to an account."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import links, queries, spans
from kanal.people.audit import tell_accounts
from kanal.people.errors import AlreadyMember, EmailTaken, TeamNameTaken
from kanal.people.models import Member, Role, Team
from kanal.people.rules import email_key


async def add_user(
    tx: Transaction, email: str, name: str, *, password_hash: str | None = None, locale: str = "en"
) -> UUID:
    """A person of the installation, who can sign in once there is a password (see `passwords.make`)."""
    user = new_id()
    added = await tx.run(
        """
        insert into users (id, email, name, password_hash, locale, created_at) values (%s, %s, %s, %s, %s, %s)
        on conflict (email) do nothing
        """,
        (user, email_key(email), name, password_hash, locale, clock.now()),
    )
    if not added:
        raise EmailTaken
    return user


async def change_user(tx: Transaction, user: UUID, name: str | None, locale: str | None) -> None:
    await tx.run(
        "update users set name = coalesce(%s, name), locale = coalesce(%s, locale) where id = %s",
        (name, locale, user),
    )


async def set_password(tx: Transaction, user: UUID, password_hash: str) -> None:
    """Links that were waiting to be used end with the old password; sessions do where the caller says so."""
    await keep_password(tx, user, password_hash)
    await links.forget(tx, user)
    await tell_accounts(tx, user, "member.password_changed")


async def keep_password(tx: Transaction, user: UUID, password_hash: str) -> None:
    """The same password, hashed anew."""
    await tx.run("update users set password_hash = %s where id = %s", (password_hash, user))


async def add_member(
    tx: Transaction,
    user_id: UUID,
    role: Role,
    has_seat: bool,
    *,
    joined: bool = True,
    actor: UUID | None = None,
) -> Member:
    """Let a user into the transaction's account; `joined` is false while they are invited and have no password."""
    member, now = new_id(), clock.now()
    added = await tx.run(
        """
        insert into members (account_id, id, user_id, role, has_seat, joined_at, created_at)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (account_id, user_id) do nothing
        """,
        (tx.account, member, user_id, role, has_seat, now if joined else None, now),
    )
    if not added:
        raise AlreadyMember
    await tx.run(
        """
        insert into availability (account_id, member_id, from_at, state, why)
        values (%s, %s, %s, 'available', 'start')
        """,
        (tx.account, member, now),
    )
    await spans.follow(tx, [member])
    emit(tx, Event(name="member.added", actor_id=actor, data={"member_id": str(member), "role": role}))
    return await queries.member(tx, member)


async def create_team(tx: Transaction, name: str, member_ids: Sequence[UUID]) -> Team:
    team = new_id()
    added = await tx.run(
        """
        insert into teams (account_id, id, name, created_at) values (%s, %s, %s, %s)
        on conflict (account_id, name) do nothing
        """,
        (tx.account, team, name, clock.now()),
    )
    if not added:
        raise TeamNameTaken
    await tx.many(
        "insert into team_members (account_id, team_id, member_id) values (%s, %s, %s)",
        [(tx.account, team, member) for member in member_ids],
    )
    return Team(id=team, name=name, member_ids=list(member_ids))
