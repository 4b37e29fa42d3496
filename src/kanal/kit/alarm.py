"""What has its time in an account is done when that has come. Any number of processes may run one: `work` locks what it
does, and what was done is not due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import LiteralString
from uuid import UUID

import msgspec
import structlog

from kanal.kit import clock
from kanal.kit.db import Database, Transaction, is_passing
from kanal.kit.rounds import Rounds

REPAIR = 30.0
"""Seconds after which it looks without having been woken."""
AGAIN = 5.0
"""Seconds until it tries again what failed in an account."""

log = structlog.get_logger()


class Alarm:
    """Runs until cancelled. `due` asks across accounts for (account_id, id) of what is due at %(now)s, `next_at` for
    the time of the next; `work` does what is due in one account. Whoever changes such a time calls `wake`. `name`
    stands in the log."""

    def __init__(
        self,
        db: Database,
        name: str,
        *,
        due: LiteralString,
        next_at: LiteralString,
        work: Callable[[Transaction, list[UUID]], Awaitable[object]],
    ) -> None:
        self._db, self._name, self._due, self._next_at, self._work = db, name, due, next_at, work
        self._rounds = Rounds(name, self._round)
        self.wake, self.run = self._rounds.wake, self._rounds.run

    async def run_once(self) -> bool:
        """Do what is due now; answers whether all of it could be done."""
        due: defaultdict[int, list[UUID]] = defaultdict(list)
        async with self._db.transaction(None) as tx:
            for row in await tx.all(_Due, self._due, {"now": clock.now()}):
                due[row.account_id].append(row.id)
        done = [await self._do(account, ids) for account, ids in due.items()]
        return all(done)

    async def _round(self) -> float:
        if not await self.run_once():
            return AGAIN
        async with self._db.transaction(None) as tx:
            next_at = await tx.value(self._next_at)
        return REPAIR if next_at is None else min(REPAIR, max(0.0, (next_at - clock.now()).total_seconds()))

    async def _do(self, account: int, ids: list[UUID]) -> bool:
        """What goes wrong in one account is not to stop the others'."""
        try:
            async with self._db.transaction(account) as tx:
                await self._work(tx, ids)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("alarm.failed", of=self._name, account_id=account)
            return False
        return True


class _Due(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID
