"""Working through the jobs that were asked for, a batch of each in turn, so that a long one keeps nobody waiting. Any
number of processes may: a batch is whoever's holds the job's row. Old ones are forgotten after 30 days."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec
import structlog

from kanal.bulk import working
from kanal.kit import clock
from kanal.kit.db import Database, is_passing
from kanal.kit.rounds import Rounds

REPAIR = 30.0
"""Seconds after which it looks without having been woken."""
KEPT = timedelta(days=30)

log = structlog.get_logger("kanal.bulk")


class _UnderWay(msgspec.Struct):
    account_id: int
    id: UUID


class Bulk:
    """Runs until cancelled. Whoever listens to the topics `bulk` and `sweep` calls `wake`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rounds = Rounds("bulk", self._round)
        self.wake = self._rounds.wake

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self) -> None:
        """All that are under way now, to their end."""
        while await self._batches():
            pass

    async def _round(self) -> float:
        return 0.0 if await self._batches() else REPAIR

    async def _batches(self) -> bool:
        """One of each; whether any was done."""
        async with self._db.transaction(None) as tx:
            jobs = await tx.all(_UnderWay, "select account_id, id from bulk_jobs_under_way()")
        return any([await self._batch(each.account_id, each.id) for each in jobs])

    async def _batch(self, account: int, job: UUID) -> bool:
        """What goes wrong in one is told there, and stops no other."""
        try:
            async with self._db.transaction(account) as tx:
                return await working.batch(tx, job)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("bulk.failed", account_id=account, job_id=str(job))
            async with self._db.transaction(account) as tx:
                await working.fail(tx, job, "error")
            return True


async def forget_old(db: Database) -> None:
    """Regular work, every hour: with a job goes what tickets were before it."""
    async with db.transaction(None) as tx:
        for account in await tx.values("select id from accounts order by id"):
            await tx.enter_account(account)
            await tx.run("delete from bulk_jobs where created_at < %s", (clock.now() - KEPT,))
