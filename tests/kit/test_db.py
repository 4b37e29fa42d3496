"""What the one place that commits promises to whoever waits for a connection."""

from __future__ import annotations

import asyncio

import pytest

from kanal.events import actions as events
from kanal.kit.db import Database


async def use(db: Database) -> None:
    async with db.transaction(None) as tx:
        await tx.value("select 1")


@pytest.mark.parametrize("steps_later", range(12))
async def test_a_cancellation_that_comes_together_with_the_connection_is_not_lost(
    database_url: str, steps_later: int
) -> None:
    db = Database(database_url, events.write, most=1)
    await db.open()
    async with db.transaction(None):
        waiting = asyncio.create_task(use(db))
        await asyncio.sleep(0.05)
    for _ in range(steps_later):
        await asyncio.sleep(0)
    was_over = waiting.done()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled() or was_over
    await use(db)  # and the connection went back to the pool
    await db.close()
