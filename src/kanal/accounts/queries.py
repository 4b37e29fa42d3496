"""Finding accounts. The table is the installation's, so any transaction may ask."""

from __future__ import annotations

from kanal.accounts.models import Account
from kanal.kit.db import Transaction


async def by_slug(tx: Transaction, slug: str) -> Account | None:
    return await tx.maybe(Account, "select id, slug, name, locale, created_at from accounts where slug = %s", (slug,))


async def by_id(tx: Transaction, account: int) -> Account:
    return await tx.one(Account, "select id, slug, name, locale, created_at from accounts where id = %s", (account,))


async def by_ids(tx: Transaction, accounts: list[int]) -> list[Account]:
    return await tx.all(
        Account,
        "select id, slug, name, locale, created_at from accounts where id = any(%s) order by slug",
        (accounts,),
    )


async def any_exists(tx: Transaction) -> bool:
    return bool(await tx.value("select exists (select from accounts)"))
