"""Following the events of all accounts: whoever was told of news looks at once, a sweep finds what a lost wake-up left.
What is made of the events is the consumer's affair; how far it came, its own note."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from kanal.kit.db import Database, is_passing
from kanal.kit.rounds import Rounds

REPAIR_SECONDS = 10.0
APART = 0.05
"""Seconds of rest after a batch: what happens fast is followed in fewer, larger ones."""

log = structlog.get_logger()


class Follower:
    """`batch` does one batch of an account and returns whether there was anything new."""

    def __init__(self, db: Database, consumer: str, batch: Callable[[int], Awaitable[bool]]) -> None:
        self._db, self._consumer, self._batch = db, consumer, batch
        self._behind: set[int] = set()
        self._sweep_at = 0.0
        """When all accounts are looked at: a wake-up may have been lost."""
        self._rounds = Rounds(consumer, self._round, self._look_at_all)

    def wake(self, topic: str) -> None:
        """Take note of `events:<account>:<seq>`, or of `sweep`."""
        if topic.startswith("events:"):
            self._behind.add(int(topic.split(":")[1]))
        else:
            self._look_at_all()
        self._rounds.wake()

    async def run(self) -> None:
        """Until cancelled."""
        await self._rounds.run()

    async def _round(self) -> float:
        if time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + REPAIR_SECONDS
            async with self._db.transaction(None) as tx:
                self._behind.update(await tx.values("select account_id from accounts_behind(%s)", (self._consumer,)))
        for account in list(self._behind):
            self._behind.discard(account)
            try:
                if await self._batch(account):
                    self._behind.add(account)
            except Exception as error:
                if is_passing(error):
                    raise
                # What goes wrong in one account is not to stop the others'; the next look tries it again.
                log.exception("events.not_followed", consumer=self._consumer, account_id=account)
        if self._behind:
            await asyncio.sleep(APART)
            return 0.0
        return max(0.0, self._sweep_at - time.monotonic())

    def _look_at_all(self) -> None:
        self._sweep_at = 0.0
