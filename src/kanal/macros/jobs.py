"""Regular work: what was deleted 30 days ago can no longer be taken back."""

from __future__ import annotations

from datetime import timedelta

from kanal.kit import clock
from kanal.kit.db import Database

KEPT = timedelta(days=30)


async def forget_deleted(db: Database) -> None:
    async with db.transaction(None) as tx:
        for account in await tx.values("select id from accounts order by id"):
            await tx.enter_account(account)
            await tx.run("delete from macros where deleted_at < %s", (clock.now() - KEPT,))
