"""The loop of background work: rounds, rests, and a database that is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest

from kanal.kit import rounds
from kanal.kit.rounds import Rounds


@asynccontextmanager
async def running(work: Callable[[], Awaitable[float]], **more: Callable[[], None]) -> AsyncIterator[Rounds]:
    looped = Rounds("test", work, **more)
    task = asyncio.create_task(looped.run())
    try:
        yield looped
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Counting:
    """Work that notes each round, and rests as long as it is told."""

    def __init__(self, *pauses: float | Exception) -> None:
        self.pauses = list(pauses)
        self.began: asyncio.Queue[None] = asyncio.Queue()

    async def __call__(self) -> float:
        self.began.put_nowait(None)
        pause = self.pauses.pop(0) if self.pauses else 60.0
        if isinstance(pause, Exception):
            raise pause
        return pause

    async def rounds(self, number: int) -> None:
        async with asyncio.timeout(30):
            for _ in range(number):
                await self.began.get()


async def test_it_rests_until_it_is_woken() -> None:
    work = Counting()
    async with running(work) as looped:
        await work.rounds(1)
        await asyncio.sleep(0.05)
        assert work.began.empty()
        looped.wake("topic")
        await work.rounds(1)


async def test_it_goes_on_by_itself_when_its_time_has_come() -> None:
    work = Counting(0.0, 0.01)
    async with running(work):
        await work.rounds(3)


async def test_what_wakes_it_during_a_round_begins_another() -> None:
    work = Counting()
    async with running(work) as looped:
        looped.wake()
        await work.rounds(1)
        looped.wake()
        await work.rounds(1)


async def test_a_database_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "AWAY", 0.01)
    missed: list[None] = []
    work = Counting(psycopg.OperationalError("away"))
    async with running(work, missed=lambda: missed.append(None)):
        await work.rounds(2)
    assert len(missed) == 1


async def test_any_other_trouble_ends_it() -> None:
    with pytest.raises(ZeroDivisionError):
        await Rounds("test", Counting(ZeroDivisionError())).run()
