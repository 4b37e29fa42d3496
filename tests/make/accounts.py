"""Accounts, their members, and tokens to call the API with."""

from __future__ import annotations

from uuid import UUID

from kanal.accounts import actions as accounts
from kanal.kit.db import Database
from kanal.people import actions as people
from kanal.people import queries, rules, tokens
from kanal.people.models import Role


async def account(db: Database, slug: str = "a") -> int:
    async with db.transaction(None) as tx:
        return (await accounts.create(tx, slug, slug.upper())).id


async def member(
    db: Database,
    account: int,
    email: str = "ann@example.com",
    role: Role = "agent",
    has_seat: bool = True,
    *,
    name: str = "Ann Agent",
    password_hash: str | None = None,
) -> UUID:
    async with db.transaction(account) as tx:
        known = await queries.user_by_email(tx, email)
        user = known.id if known else await people.add_user(tx, email, name, password_hash=password_hash)
        return (await people.add_member(tx, user, role, has_seat)).id


async def token(db: Database, account: int, member: UUID) -> str:
    """One that may do all that the member may."""
    async with db.transaction(account) as tx:
        found = await queries.member(tx, member)
        return await tokens.create(tx, found.user_id, "test", rules.scopes_of(rules.ALL_PERMISSIONS))
