"""One connection that reads some folders of a mailbox for as long as the process runs: it waits for the server to speak
(IDLE) or asks again and again, and when it breaks it comes back, later each time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from random import SystemRandom
from typing import Protocol

import msgspec
import structlog

from kanal.kinds.email.imap import folders, quota, words
from kanal.kinds.email.imap.errors import Broken, NoMailbox, Refused
from kanal.kinds.email.imap.reader import Reader
from kanal.kinds.email.imap.session import Session, session
from kanal.kinds.email.settings import Imap
from kanal.kit.db import is_passing

log = structlog.get_logger("kanal.imap")


class Pace(msgspec.Struct, kw_only=True, frozen=True):
    """Seconds."""

    idle: float = 540.0
    """After which IDLE begins anew: what stands between the two forgets silent connections."""
    again: float = 60.0
    """Until something that could not be fetched is looked at again."""
    without_idle: float = 15.0
    others: float = 20.0
    """Between two looks at the folders that are not idled on."""
    refused: float = 1_800.0
    """Until a refused password is tried again; a changed one is tried at once."""
    first: float = 5.0
    longest: float = 300.0
    """Between two attempts to connect, doubled each time."""
    database: float = 1.0
    """Until a database that was away is asked again."""
    lease: float = 10.0
    """Until it is asked again whether this process may read."""
    sweep: float = 600.0
    """Between two comparisons of a whole folder with the ledger, and between two looks at which folders there are."""


class Overseer(Protocol):
    """Who is told how it goes; mailbox.py."""

    async def may_read(self) -> None:
        """Raises when another process reads the mailbox now."""

    async def signed_in(self) -> None: ...

    async def works(self, line: str) -> None: ...

    async def fails(self, line: str, failure: NoMailbox, times: int) -> None: ...

    async def complains(self, about: str, complaint: NoMailbox | None) -> None:
        """Of something that does not keep the rest from being read; None takes it back."""


class Line:
    """`readers` are asked for once it is signed in and now and again, for a folder may appear later. The first line
    idles on its one folder."""

    def __init__(
        self,
        name: str,
        imap: Imap,
        overseer: Overseer,
        readers: Callable[[Session], Awaitable[Sequence[Reader]]],
        *,
        gate: asyncio.Semaphore,
        pace: Pace,
        idles: bool,
    ) -> None:
        self.name = name
        self.woken = asyncio.Event()
        self._imap = imap
        self._overseer = overseer
        self._make_readers = readers
        self._gate = gate
        self._pace = pace
        self._idles = idles
        self._failures = 0
        self._counts: dict[str, tuple[int, ...]] = {}
        self._unopened: set[str] = set()
        self._idles_in_vain = False
        self._next_readers = 0.0

    async def run(self) -> None:
        """Until cancelled; raises what the overseer raises. While there is nothing to read no connection is kept."""
        while True:
            try:
                if await self._has_read_all():
                    self.woken.clear()
                    await self._pause(self._pace.sweep)
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("imap.database_away", error=type(error).__name__)
                await asyncio.sleep(self._pace.database)

    async def _has_read_all(self) -> bool:
        try:
            await self._read()
        except NoMailbox as failure:
            await self._rest_after(failure)
        except Refused as refused:
            await self._rest_after(words.not_now(self._imap, refused.text))
        except Broken as broken:
            await self._rest_after(words.broken_off(self._imap, broken))
        else:
            return True
        return False

    async def _read(self) -> None:
        async with AsyncExitStack() as stack:
            async with self._gate:  # a server that many of its mailboxes ask at the same moment takes it for an attack
                opened = await stack.enter_async_context(session(self._imap))
            await self._overseer.signed_in()
            self._counts = {}
            readers = await self._readers(opened, ())
            while readers:
                if self.woken.is_set():
                    self._counts = {}
                self.woken.clear()
                more = [await self._look_at(opened, reader) for reader in readers]
                self._failures = 0
                await self._overseer.works(self.name)
                if not any(more):
                    await self._wait(opened, readers)
                if asyncio.get_running_loop().time() >= self._next_readers:
                    readers = await self._readers(opened, readers)
            self._failures = 0
            await self._overseer.works(self.name)

    async def _readers(self, opened: Session, before: Sequence[Reader]) -> Sequence[Reader]:
        """Those that were not there before compare their folder first."""
        self._next_readers = asyncio.get_running_loop().time() + self._pace.sweep
        readers = await self._make_readers(opened)
        for reader in readers:
            if reader not in before:
                reader.must_sweep()
        for name in self._unopened - {reader.name for reader in readers}:
            self._unopened.discard(name)
            await self._overseer.complains(name, None)
        return readers

    async def _look_at(self, opened: Session, reader: Reader) -> bool:
        """Whether there is more to fetch. A folder that cannot be opened does not keep us from the others."""
        await self._overseer.may_read()
        try:
            more = await self._catch_up(opened, reader)
        except NoMailbox as failure:
            if failure.passing:
                raise
            self._unopened.add(reader.name)
            await self._overseer.complains(reader.name, failure)
            return False
        self._unopened.discard(reader.name)
        await self._overseer.complains(reader.name, None)
        if self._idles and reader.has_swept:
            await self._overseer.complains("quota", await quota.complaint(opened))
        return more

    async def _catch_up(self, opened: Session, reader: Reader) -> bool:
        if self._idles:
            return await reader.catch_up(opened)
        counts = await folders.state(opened, reader.name)
        if not reader.is_due and counts and counts == self._counts.get(reader.name):
            return False
        more = await reader.catch_up(opened)
        self._counts[reader.name] = () if more else counts
        return more

    async def _wait(self, opened: Session, readers: Sequence[Reader]) -> None:
        """Until something may have changed."""
        pace = self._pace
        soon = pace.again if any(reader.has_failed for reader in readers) else pace.idle
        if not self._idles or self._unopened:
            await self._pause(min(soon, pace.others))
        elif not opened.can("IDLE") or self._idles_in_vain:
            await self._pause(min(soon, pace.without_idle))
        elif not opened.wire.changed:
            await self._idle(opened, soon)

    async def _idle(self, opened: Session, seconds: float) -> None:
        try:
            await opened.wire.idle(seconds, self.woken)
        except Refused:  # a server that offers more than it does
            self._idles_in_vain = True

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        except TimeoutError:
            return

    async def _rest_after(self, failure: NoMailbox) -> None:
        self._failures += 1
        await self._overseer.fails(self.name, failure, self._failures)
        doubled = min(self._pace.first * 2.0 ** min(self._failures - 1, 20), self._pace.longest)
        spread = SystemRandom().uniform(0.75, 1.25)
        await asyncio.sleep(self._pace.refused if failure.refused else doubled * spread)
