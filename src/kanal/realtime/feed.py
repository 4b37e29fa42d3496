"""One open socket, as the hub knows it: how far it has come, what it may see, and one message under way at most. What
it missed meanwhile is read again from its cursor, so nothing is buffered for the slow."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from kanal.events.models import Recorded

PATIENCE = 20.0
"""Seconds that a socket may take for one message; after that it is dropped and comes back with its cursor."""
TOO_SLOW = 1013

Send = Callable[[str], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]
Sees = Callable[[Recorded], "bool | Recorded"]
"""Whether an event may be heard of; or what of it."""


class Feed:
    __slots__ = ("_aside", "_close", "_send", "_task", "account", "cursor", "gone", "sees", "when_free", "who")

    def __init__(self, account: int, cursor: int, who: Any, sees: Sees, send: Send, close: Close) -> None:
        self.account = account
        self.cursor = cursor
        self.who = who
        """Whoever opened it, for those who check that they still may."""
        self.sees = sees
        self.gone = False
        self.when_free: Callable[[Feed], None] = _nothing
        self._aside = ""
        self._send = send
        self._close = close
        self._task: asyncio.Task[None] | None = None

    @property
    def is_free(self) -> bool:
        return self._task is None and not self.gone

    def offer(self, message: str, cursor: int) -> None:
        """Send a message that brings the socket to this cursor; only while it is free."""
        self.cursor = cursor
        self._task = asyncio.create_task(self._deliver(message))

    def tell(self, message: str) -> None:
        """Send something beside the events as soon as the socket is free; a newer one takes the place of one that
        waits."""
        self._aside = message
        if self.is_free:
            self._tell_aside()

    def end(self, code: int) -> None:
        """Close it, whatever is under way."""
        if not self.gone:
            self.gone = True
            if self._task is not None:
                self._task.cancel()
            self._task = asyncio.create_task(self._quietly_close(code))

    async def _deliver(self, message: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send(message)
        except TimeoutError:
            self.gone = True
            await self._quietly_close(TOO_SLOW)
        except Exception:  # noqa: BLE001 - servers raise what they like when the other side has left; its handler notices
            self.gone = True
        else:
            self._task = None
            if self._aside:
                self._tell_aside()
            else:
                self.when_free(self)

    def _tell_aside(self) -> None:
        message, self._aside = self._aside, ""
        self._task = asyncio.create_task(self._deliver(message))

    async def _quietly_close(self, code: int) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._close(code)
        except Exception:  # noqa: BLE001, S110 - it is closed already
            pass


def _nothing(_: Feed) -> None: ...
