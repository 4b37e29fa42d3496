"""Sessions of browsers. The database holds the SHA-256 of the id, the cookie the id itself. A session is made at
sign-in, read by one SELECT a request, never extended, and gone when it is ended."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec

from kanal.kit import clock
from kanal.kit.crypto import new_token, token_hash
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from kanal.people.audit import tell_accounts
from kanal.people.models import Permission, Role, Session

LIFETIME = timedelta(days=30)
LONGEST_USER_AGENT = 300


class SignedIn(msgspec.Struct, kw_only=True):
    """Who a session's request comes from; without the wanted account, or without access to it, no member."""

    id: UUID
    user_id: UUID
    account_id: int | None
    member_id: UUID | None
    role: Role | None
    has_seat: bool | None
    permissions: list[Permission] | None


async def start(tx: Transaction, user_id: UUID, ip: str, user_agent: str) -> str:
    """A fresh session; the answer goes into the cookie and is nowhere else."""
    secret = new_token()
    now = clock.now()
    await tx.run(
        """
        insert into sessions (id_hash, id, user_id, created_at, expires_at, ip, user_agent)
        values (%s, %s, %s, %s, %s, %s, %s)
        """,
        (token_hash(secret), new_id(), user_id, now, now + LIFETIME, ip, user_agent[:LONGEST_USER_AGENT]),
    )
    await tell_accounts(tx, user_id, "member.signed_in")
    return secret


async def find(tx: Transaction, secret: str, account_slug: str | None) -> SignedIn | None:
    return await tx.maybe(
        SignedIn,
        """
        select s.id, s.user_id, a.id as account_id, m.member_id, m.role, m.has_seat, m.permissions
        from sessions s
        join users u on u.id = s.user_id
        left join accounts a on a.slug = %(slug)s
        left join lateral memberships(s.user_id) m on m.account_id = a.id
        where s.id_hash = %(hash)s and s.expires_at > %(now)s and u.deactivated_at is null
        """,
        {"hash": token_hash(secret), "slug": account_slug, "now": clock.now()},
    )


async def of_user(tx: Transaction, user_id: UUID) -> list[Session]:
    """Newest first."""
    return await tx.all(
        Session,
        """
        select id, user_id, created_at, expires_at, ip, user_agent
        from sessions where user_id = %s and expires_at > %s
        order by created_at desc, id desc
        """,
        (user_id, clock.now()),
    )


async def end(tx: Transaction, user_id: UUID, session_id: UUID) -> bool:
    ended = await tx.run("delete from sessions where id = %s and user_id = %s", (session_id, user_id))
    if ended:
        await tell_accounts(tx, user_id, "member.signed_out")
    return bool(ended)


async def end_by_secret(tx: Transaction, secret: str) -> None:
    """What a browser's old cookie stood for, when somebody signs in from it anew."""
    await tx.run("delete from sessions where id_hash = %s", (token_hash(secret),))


async def end_all(tx: Transaction, user_id: UUID, but: UUID | None = None) -> None:
    await tx.run("delete from sessions where user_id = %s and id is distinct from %s", (user_id, but))
