"""Regular work: forgetting what has expired. The worker calls it every hour."""

from __future__ import annotations

from datetime import timedelta

from kanal.kit import clock
from kanal.kit.db import Database
from kanal.people import limits

CODES_SHOWN = timedelta(days=1)
"""How long one reads that a code has expired."""


async def forget_expired(db: Database) -> None:
    """Sessions, links, codes and counts of tries that no longer matter."""
    now = clock.now()
    async with db.transaction(None) as tx:
        await tx.run("delete from sessions where expires_at < %s", (now,))
        await tx.run("delete from one_time_links where expires_at < %s", (now,))
        await tx.run("delete from rate_limits where bucket < %s", (now - limits.LONGEST,))
        accounts = await tx.values("select id from accounts order by id")
    for account in accounts:
        async with db.transaction(account) as tx:
            await tx.run("delete from address_codes where expires_at < %s", (now - CODES_SHOWN,))
