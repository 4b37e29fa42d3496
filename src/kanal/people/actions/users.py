"""Users of the installation: a person, their name, their language, their password."""

from __future__ import annotations

from uuid import UUID

from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import links, queries, spans
from kanal.people.audit import tell_accounts
from kanal.people.availability import actions as availability
from kanal.people.errors import EmailTaken
from kanal.people.rules import LONGEST_NAME, email_key, one_line


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
    """Name and language are the same in every account, and each is told of a new name."""
    if name is not None:
        await rename(tx, user, name, actor=None)
    await tx.run("update users set locale = coalesce(%s, locale) where id = %s", (locale, user))


async def rename(tx: Transaction, user: UUID, name: str, *, actor: UUID | None) -> None:
    """`actor` with None: they themselves."""
    line = one_line(name, "name", LONGEST_NAME)
    if not await tx.run("update users set name = %s where id = %s and name <> %s", (line, user, line)):
        return
    here = tx.account_or_none
    for membership in await queries.memberships(tx, user):
        member = membership.member_id
        await tx.enter_account(membership.account_id)
        data = {"member_id": str(member), "fields": ["name"]}
        emit(tx, Event(name="member.changed", actor_id=actor or member, data=data))
    if here is not None:
        await tx.enter_account(here)


async def set_password(tx: Transaction, user: UUID, password_hash: str) -> None:
    """Links that were waiting to be used end with the old password; sessions do where the caller says so. Whoever was
    invited has come with it, wherever that was."""
    await keep_password(tx, user, password_hash)
    await links.forget(tx, user)
    await _join(tx, user)
    await tell_accounts(tx, user, "member.password_changed")


async def keep_password(tx: Transaction, user: UUID, password_hash: str) -> None:
    """The same password, hashed anew."""
    await tx.run("update users set password_hash = %s where id = %s", (password_hash, user))


async def _join(tx: Transaction, user: UUID) -> None:
    for membership in await queries.memberships(tx, user):
        await tx.enter_account(membership.account_id)
        member = membership.member_id
        if await tx.run("update members set joined_at = %s where id = %s and joined_at is null", (clock.now(), member)):
            await spans.follow(tx, [member])
            await availability.refresh(tx, [member], actor=member)
            emit(tx, Event(name="member.joined", actor_id=member, data={"member_id": str(member)}))
