"""Work that is cheaper together, such as many small transactions: what is asked while a round is under way makes up the
next one. Under little load each is a round of its own, at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

import msgspec

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
R = TypeVar("R")


class Gatherer(Generic[K, T, R]):
    """`work` does a round for one key: it returns as many answers as it was given items, in their order. Rounds of
    different keys are under way at the same time, those of one key one after the other.

    Where a round fails in a way that `splits` says one item may be the cause of, each is tried alone, so that none
    costs the others; else all of them fail."""

    def __init__(
        self,
        work: Callable[[K, list[T]], Awaitable[Sequence[R]]],
        *,
        splits: Callable[[Exception], bool],
        most: int = 100,
    ) -> None:
        self._work = work
        self._splits = splits
        self._most = most
        self._waiting: dict[K, deque[_Call[T, R]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, key: K, item: T) -> R:
        """The answer for one item, or what went wrong with it. Whoever is cancelled while waiting for a round takes no
        part in it; one that has begun is brought to its end."""
        call: _Call[T, R] = _Call(item, asyncio.get_running_loop().create_future())
        if key in self._waiting:
            self._waiting[key].append(call)
        else:
            waiting = self._waiting[key] = deque([call])
            # Of whoever asks first it must not have the context, such as a request's id.
            task = asyncio.create_task(self._run(key, waiting), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await call.answer

    async def stop(self) -> None:
        """Bring what was asked for to its end."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _run(self, key: K, waiting: deque[_Call[T, R]]) -> None:
        try:
            while waiting:
                calls = [waiting.popleft() for _ in range(min(self._most, len(waiting)))]
                await self._round(key, [call for call in calls if not call.answer.done()])
        finally:
            del self._waiting[key]
            for call in waiting:
                call.answer.cancel()

    async def _round(self, key: K, calls: list[_Call[T, R]]) -> None:
        try:
            answers = await self._work(key, [call.item for call in calls])
        except Exception as trouble:  # noqa: BLE001 - it is those who asked that it is raised for
            await self._failed(key, calls, trouble)
            return
        except BaseException:
            for call in calls:
                call.answer.cancel()
            raise
        for call, answer in zip(calls, answers, strict=True):
            if not call.answer.done():
                call.answer.set_result(answer)

    async def _failed(self, key: K, calls: list[_Call[T, R]], trouble: Exception) -> None:
        if len(calls) > 1 and self._splits(trouble):
            for call in calls:
                await self._round(key, [call])
            return
        for call in calls:
            if not call.answer.done():
                call.answer.set_exception(trouble)


class _Call(msgspec.Struct, Generic[T, R], eq=False):
    item: T
    answer: asyncio.Future[R]
