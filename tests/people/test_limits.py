"""Counting tries across processes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from kanal.events import actions as events
from kanal.kit.db import Database
from kanal.people import jobs, limits, sessions
from kanal.people.limits import Limit, RateLimited
from tests.make import accounts

THREE = Limit("test", 3, timedelta(hours=24))


async def _try(db: Database, *who: str) -> bool:
    try:
        await limits.count(db, THREE, *who)
    except RateLimited as refused:
        return refused.after <= 0
    return True


async def test_tries_of_two_processes_are_counted_together(db: Database, database_url: str) -> None:
    other = Database(database_url, events.write)
    await other.open()
    tried = await asyncio.gather(*(_try(one, "ann") for one in (db, other) * 3))
    await other.close()
    assert sorted(tried) == [False, False, False, True, True, True]


async def test_others_are_counted_apart_and_success_starts_anew(db: Database) -> None:
    for _ in range(4):
        await _try(db, "ann")
    assert await _try(db, "bob")
    async with db.transaction(None) as tx:
        await limits.forget(tx, THREE, "ann")
    assert await _try(db, "ann")


async def test_table_tells_nobody_who_tried(db: Database) -> None:
    await limits.count(db, THREE, "ann@example.com", "203.0.113.7")
    async with db.transaction(None) as tx:
        (row,) = await tx.values("select r::text from rate_limits r")
    assert "ann" not in row
    assert "203" not in row


async def test_what_has_expired_is_forgotten(db: Database) -> None:
    account = await accounts.account(db)
    await accounts.member(db, account)
    await limits.count(db, THREE, "ann")
    async with db.transaction(None) as tx:
        user = await tx.value("select id from users")
        await sessions.start(tx, user, "203.0.113.7", "")
        await tx.run("update sessions set expires_at = now() - interval '1 second'")
        await tx.run("update rate_limits set bucket = bucket - interval '2 days'")
    await jobs.forget_expired(db)
    async with db.transaction(None) as tx:
        assert await tx.value("select (select count(*) from sessions) + (select count(*) from rate_limits)") == 0
