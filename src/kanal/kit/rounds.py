"""The loop of whatever works in the background: a round, then rest until it is woken or its time has come. A database
that is away is waited for; anything else that goes wrong takes the process down, for a supervisor to see."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from kanal.kit.db import is_passing

AWAY = 1.0
"""Seconds until it looks whether the database is back."""

log = structlog.get_logger()


class Rounds:
    """`work` does one round and returns the seconds until there is something to do again; 0 begins the next at once.
    `missed` is told that a round broke off, so that what it had taken note of is looked for again. `name` stands in
    the log."""

    def __init__(
        self, name: str, work: Callable[[], Awaitable[float]], missed: Callable[[], None] = lambda: None
    ) -> None:
        self._name = name
        self._work = work
        self._missed = missed
        self._woken = asyncio.Event()

    def wake(self, _topic: str = "") -> None:
        """Begin a round now, or as soon as the one under way is over."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._woken.clear()
            try:
                pause = await self._work()
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("rounds.database_away", of=self._name, error=type(error).__name__)
                self._missed()
                await asyncio.sleep(AWAY)
                continue
            await self._rest(pause)

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
