"""One-time links: they let a person set a password without knowing one. Each is good once and for a while, and a new
password ends all the others."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kanal.kit import clock
from kanal.kit.crypto import new_token, token_hash
from kanal.kit.db import Transaction
from kanal.people.errors import LinkSpent
from kanal.people.models import Link, Purpose

LIFETIMES: dict[Purpose, timedelta] = {
    "first_run": timedelta(days=3),
    "password_reset": timedelta(hours=1),
    "invitation": timedelta(days=7),
}
PAGES: dict[Purpose, str] = {"first_run": "welcome", "password_reset": "reset", "invitation": "invitation"}


async def create(tx: Transaction, user_id: UUID, purpose: Purpose) -> str:
    """A new link's token; earlier ones of the same purpose stop working."""
    token, now = new_token(), clock.now()
    await tx.run(
        "delete from one_time_links where user_id = %s and purpose = %s and used_at is null", (user_id, purpose)
    )
    await tx.run(
        """
        insert into one_time_links (token_hash, user_id, purpose, created_at, expires_at)
        values (%s, %s, %s, %s, %s)
        """,
        (token_hash(token), user_id, purpose, now, now + LIFETIMES[purpose]),
    )
    return token


def address(public_url: str, purpose: Purpose, token: str) -> str:
    """The token stands behind the #, which browsers send to nobody."""
    return f"{public_url}/{PAGES[purpose]}#{token}"


async def look(tx: Transaction, token: str) -> Link:
    link = await tx.maybe(
        Link,
        """
        select l.user_id, u.email, u.name, l.purpose
        from one_time_links l join users u on u.id = l.user_id
        where l.token_hash = %s and l.used_at is null and l.expires_at > %s and u.deactivated_at is null
        """,
        (token_hash(token), clock.now()),
    )
    if link is None:
        raise LinkSpent
    return link


async def spend(tx: Transaction, token: str) -> Link:
    """Use the link up; of two who come at the same time one is refused."""
    link = await look(tx, token)
    now = clock.now()
    spent = await tx.run(
        "update one_time_links set used_at = %s where token_hash = %s and used_at is null", (now, token_hash(token))
    )
    if not spent:
        raise LinkSpent
    return link


async def forget(tx: Transaction, user_id: UUID) -> None:
    """A new password makes all of them useless."""
    await tx.run("delete from one_time_links where user_id = %s and used_at is null", (user_id,))
