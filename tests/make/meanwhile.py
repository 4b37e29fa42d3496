"""Two things at one moment: what waits for a transaction that is still open goes on when that commits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

from kanal.kit.db import Database, Transaction

T = TypeVar("T")


class Meanwhile(Generic[T]):
    """What goes on first, and what came of the other."""

    came_of_it: T

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx


@asynccontextmanager
async def meanwhile(db: Database, account: int, other: Coroutine[Any, Any, T]) -> AsyncIterator[Meanwhile[T]]:
    """`other` begins when the block has ended, and is waiting for it when it commits."""
    async with db.transaction(account) as tx:
        it = Meanwhile[T](tx)
        yield it
        task = asyncio.create_task(other)
        for _ in range(1_000):
            if task.done() or await _somebody_waits(db):
                break
            await asyncio.sleep(0.01)
    it.came_of_it = await task


async def _somebody_waits(db: Database) -> bool:
    async with db.transaction(None) as tx:
        return bool(
            await tx.value(
                "select true from pg_locks where not granted and locktype in ('transactionid', 'tuple') limit 1"
            )
        )
