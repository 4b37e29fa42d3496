"""The first run: nobody can sign in yet, so a link is printed on the screen of whoever started Kanal."""

from __future__ import annotations

from uuid import UUID

from kanal.accounts import actions as accounts
from kanal.accounts import queries as account_queries
from kanal.kit.db import Database, Transaction
from kanal.people import actions, links

SLUG = "desk"


async def link(db: Database, mail_domain: str) -> str | None:
    """The token of a link to set the first password, None when somebody has one. Makes what is missing."""
    async with db.transaction(None) as tx:
        await tx.lock("first run")
        if await tx.value("select exists (select from users where password_hash is not null)"):
            return None
        user: UUID | None = await tx.value("select id from users order by id limit 1")
        return await links.create(tx, user or await _first_user(tx, mail_domain), "first_run")


async def _first_user(tx: Transaction, mail_domain: str) -> UUID:
    user = await actions.add_user(tx, f"admin@{mail_domain}", "Admin")
    if not await account_queries.any_exists(tx):
        await accounts.create(tx, SLUG, "Help desk")
        await actions.add_member(tx, user, "super_admin", has_seat=True)
    return user
