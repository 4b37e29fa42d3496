"""Invitations: a member who has no password yet is mailed a link with which to choose one. They have come (`joined_at`)
when they did, see `actions.set_password`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import psycopg

from kanal.accounts import queries as accounts
from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people import actions, links, outbox, powers, queries, spans
from kanal.people.errors import AlreadyJoined
from kanal.people.models import Member, Role, TeamOf
from kanal.people.rules import LONGEST_NAME, email_key, one_line


async def invite(
    tx: Transaction, email: str, *, name: str | None, role: Role, seat: bool, teams: Sequence[UUID], actor: UUID
) -> Member:
    """Make the member, and the user where nobody has that address. Somebody with a password joins at once; all are
    mailed."""
    await powers.lock(tx)
    await powers.check_gift(tx, role, actor)
    user, joined = await _user(tx, email_key(email), name)
    member = await actions.add_member(tx, user, role, seat, joined=joined, actor=actor)
    if await actions.set_teams(tx, member.id, [TeamOf(id=team, is_main=True) for team in teams], "team_ids"):
        await spans.follow(tx, [member.id])
    await tx.run("update members set invited_at = %s, invited_by = %s where id = %s", (clock.now(), actor, member.id))
    await _mail(tx, member.id)
    return await queries.member(tx, member.id)


async def repeat(tx: Transaction, member_id: UUID, *, actor: UUID) -> Member:
    """Mail it once more; the link of the mail before stops working when the new one is made."""
    member = await _invited(tx, member_id, actor)
    await tx.run("update members set invited_at = %s, invited_by = %s where id = %s", (clock.now(), actor, member.id))
    await _mail(tx, member.id)
    return await queries.member(tx, member.id)


async def withdraw(tx: Transaction, member_id: UUID, *, actor: UUID) -> None:
    """As if they had never been invited: the member goes, and the user unless another account knows them."""
    member = await _invited(tx, member_id, actor)
    await tx.run("delete from members where id = %s", (member.id,))
    emit(tx, Event(name="member.removed", actor_id=actor, data={"member_id": str(member.id)}))
    if not await queries.memberships(tx, member.user_id):
        await _forget_user(tx, member.user_id)


async def link(tx: Transaction, member_id: UUID) -> str | None:
    """The token of a fresh link to choose a password with; None for somebody who has one and can sign in."""
    member = await queries.member(tx, member_id)
    if (await queries.user(tx, member.user_id)).password_hash is not None:
        return None
    return await links.create(tx, member.user_id, "invitation")


async def link_to_pass_on(tx: Transaction, member_id: UUID) -> str | None:
    """The same, for the inviter to hand over where no mail can be sent. None also for those who are in another account:
    whoever holds the link can be them there too."""
    member = await queries.member(tx, member_id)
    known_elsewhere = len(await queries.memberships(tx, member.user_id)) > 1
    return None if known_elsewhere else await link(tx, member_id)


async def _user(tx: Transaction, key: str, name: str | None) -> tuple[UUID, bool]:
    """The user with that address, and whether they can sign in already."""
    # Of two accounts that invite somebody new at once one makes the user.
    await tx.lock(f"user/{key}")
    known = await queries.user_by_email(tx, key)
    if known is None:
        locale = (await accounts.by_id(tx, tx.account)).locale
        shown = one_line(name or key.partition("@")[0], "name", LONGEST_NAME)
        return await actions.add_user(tx, key, shown, locale=locale), False
    if known.password_hash is None:
        # A link that another account's people passed on must not open this account.
        await links.forget(tx, known.id)
    return known.id, known.password_hash is not None


async def _mail(tx: Transaction, member_id: UUID) -> None:
    await outbox.put(tx, member_id, "invitation", once=f"invitation/{new_id()}")


async def _invited(tx: Transaction, member_id: UUID, actor: UUID) -> Member:
    """Somebody who has not come yet, and whom `actor` could have invited."""
    await powers.lock(tx)
    member = await queries.member(tx, member_id)
    if member.joined_at is not None:
        raise AlreadyJoined
    await powers.check_reach(tx, member.role, actor)
    return member


async def _forget_user(tx: Transaction, user_id: UUID) -> None:
    try:
        async with tx.connection.transaction():
            await tx.run("delete from users where id = %s and password_hash is null", (user_id,))
    except psycopg.errors.ForeignKeyViolation:
        # An account that closed its door to them still shows what they did there.
        await links.forget(tx, user_id)
