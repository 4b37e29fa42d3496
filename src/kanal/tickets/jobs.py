"""What rests wakes at its time. Any number of processes may run one: who looks again holds the ticket, and what woke is
not due."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

import msgspec
import structlog

from kanal.kit import clock
from kanal.kit.db import Database, is_passing
from kanal.kit.rounds import Rounds
from kanal.tickets.actions import wake

log = structlog.get_logger()

BATCH = 200
REPAIR = 30.0
"""Seconds after which it looks without having been woken."""
AGAIN = 5.0
"""Seconds until it tries again what failed in an account."""


class Alarm:
    """Runs until cancelled. Whoever listens to the topics `snoozed` and `sweep` calls `wake`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rounds = Rounds("snoozed tickets", self._round)
        self.wake = self._rounds.wake

    async def run(self) -> None:
        await self._rounds.run()

    async def run_once(self) -> bool:
        """Wake what is due now; answers whether all of it could be."""
        due: defaultdict[int, list[UUID]] = defaultdict(list)
        async with self._db.transaction(None) as tx:
            for row in await tx.all(_Due, "select account_id, id from snoozed_until(%s, %s)", (clock.now(), BATCH)):
                due[row.account_id].append(row.id)
        done = [await self._wake(account, tickets) for account, tickets in due.items()]
        return all(done)

    async def _round(self) -> float:
        """Returns the seconds until there is something to do again."""
        done = await self.run_once()
        async with self._db.transaction(None) as tx:
            next_at = await tx.value("select next_snooze_end()")
        return _pause(next_at) if done else AGAIN

    async def _wake(self, account: int, tickets: list[UUID]) -> bool:
        """What goes wrong in one account is not to stop the others'."""
        try:
            async with self._db.transaction(account) as tx:
                await wake(tx, tickets, None, why="time")
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("snoozed.failed", account_id=account)
            return False
        return True


class _Due(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID


def _pause(next_at: datetime | None) -> float:
    if next_at is None:
        return REPAIR
    return min(REPAIR, max(0.0, (next_at - clock.now()).total_seconds()))
