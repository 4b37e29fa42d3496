"""Sends what is due: woken by the commit that queued it, by the clock for what was put off, and every few seconds to
find what a lost wake-up left. Any number of processes may run one; `attempt` does the work for one delivery."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Coroutine
from datetime import datetime
from uuid import UUID

import msgspec
import structlog

from kanal.delivery import recovery
from kanal.delivery.attempt import Attempts
from kanal.delivery.claimant import Claimant
from kanal.delivery.models import Carriers
from kanal.kit import clock
from kanal.kit.db import Database, is_passing
from kanal.kit.storage import Storage

log = structlog.get_logger()

AT_ONCE = 20
AT_ONCE_BY_CHANNEL = 5
"""One mail server that does not answer must not stop the others."""
REPAIR = 2.0
"""Seconds after which it looks without having been woken."""
SHORTEST_PAUSE = 0.02
TIME_TO_FINISH = 15.0
"""Seconds that attempts under way are given when the process stops."""


class Dispatcher:
    """Runs until `stop`. `wake` is called by whoever listens to the topic `deliver`."""

    def __init__(self, db: Database, carriers: Carriers, storage: Storage) -> None:
        self._db = db
        self._attempts = Attempts(db, carriers, storage)
        self._claimant = Claimant(db)
        self._woken = asyncio.Event()
        self._stopping = False
        self._recover_at = 0.0
        self._under_way: dict[UUID, UUID] = {}
        """Channel by delivery."""
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        """Take nothing new; `run` returns when what is under way has had its time to finish."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        try:
            while not self._stopping:
                await self._wait(await self._round())
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=TIME_TO_FINISH)
        finally:
            await self._drop()
            await self._claimant.release()

    async def _round(self) -> float:
        """Start what is due; returns the seconds until there is something to do again."""
        self._woken.clear()
        try:
            if time.monotonic() >= self._recover_at:
                await self._recover()
            return await self._start_due()
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("delivery.database_away", error=type(error).__name__)
            self._recover_at = 0.0
            return REPAIR

    async def _recover(self) -> None:
        """Be alive for others to see, and settle what those who are not left behind."""
        await self._claimant.hold()
        for account, unknown in await recovery.recover(self._db, self._claimant.name, self._under_way):
            self._start(unknown, unknown, self._attempts.look_up(account, unknown))
        self._recover_at = time.monotonic() + REPAIR

    async def _start_due(self) -> float:
        room = AT_ONCE - len(self._under_way)
        now = clock.now()
        async with self._db.transaction(None) as tx:
            due = await tx.all(
                _Due,
                "select account_id, id, channel_id from due_deliveries(%s, %s, %s)",
                (now, 2 * AT_ONCE, self._busy()),
            )
            next_at = await tx.value("select next_delivery_at()")
        for each in due:
            if room > 0 and each.id not in self._under_way and each.channel_id not in self._busy():
                attempt = self._attempts.make(each.account_id, each.id, self._claimant.mark())
                self._start(each.id, each.channel_id, attempt)
                room -= 1
        return _pause(next_at, now)

    def _busy(self) -> list[UUID]:
        counted = Counter(self._under_way.values())
        return [channel for channel, count in counted.items() if count >= AT_ONCE_BY_CHANNEL]

    def _start(self, delivery: UUID, channel: UUID, attempt: Coroutine[None, None, None]) -> None:
        self._under_way[delivery] = channel
        task = asyncio.create_task(self._watched(delivery, attempt), name=f"delivery {delivery}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watched(self, delivery: UUID, attempt: Coroutine[None, None, None]) -> None:
        try:
            await attempt
        except Exception as error:  # noqa: BLE001 - the row stays as it is; the next recovery finds it
            log.error("delivery.attempt_failed", delivery_id=str(delivery), error=type(error).__name__)
        finally:
            del self._under_way[delivery]
            self.wake()

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _drop(self) -> None:
        """Leave the rest as a dead process would: the next one repeats it, or calls it unknown."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _Due(msgspec.Struct, kw_only=True):
    account_id: int
    id: UUID
    channel_id: UUID


def _pause(next_at: datetime | None, now: datetime) -> float:
    """Until the next one is due. What is due already and was not started waits for room, which wakes us."""
    if next_at is None or next_at <= now:
        return REPAIR
    return min(REPAIR, max(SHORTEST_PAUSE, (next_at - now).total_seconds()))
