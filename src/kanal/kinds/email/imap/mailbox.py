"""One channel's mailbox, read by one process at a time: a connection that idles on the first folder, another that goes
round the others and the folder for sent mail. What people must know of it is told to the desk from here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import structlog

from kanal.channelkit.contract import Channel
from kanal.channelkit.desk import ChannelRef, Desk
from kanal.kinds.email import settings as email_settings
from kanal.kinds.email.imap import folders
from kanal.kinds.email.imap.cursor import Cursor, start_of
from kanal.kinds.email.imap.errors import NoMailbox
from kanal.kinds.email.imap.line import Line, Pace
from kanal.kinds.email.imap.reader import Reader, Reading
from kanal.kinds.email.imap.session import Session
from kanal.kit.db import is_passing

TELLING = 3
"""Failures in a row of the sort that time mends, after which people are told."""

log = structlog.get_logger("kanal.imap")


class NotOurs(Exception):
    """Another process reads this mailbox now."""


class Mailbox:
    def __init__(self, desk: Desk, channel: Channel, gate: asyncio.Semaphore, *, largest: int, pace: Pace) -> None:
        settings = email_settings.read(channel.settings)
        assert settings.imap is not None
        self._desk = desk
        self._ref = ChannelRef(channel.account_id, channel.id)
        self._imap = settings.imap
        self._readers: dict[tuple[str, bool], Reader] = {}
        self._cursor = Cursor(desk, self._ref, channel.connected_at, settings.imap)
        self._reading = Reading(
            desk=desk,
            ref=self._ref,
            cursor=self._cursor,
            address=settings.address,
            authserv=settings.imap.authserv,
            largest=largest,
            history_from=start_of(settings.imap.history_from),
            sweep=pace.sweep,
        )
        self._pace = pace
        self._lines = (
            Line("first", self._imap, self, self._first, gate=gate, pace=pace, idles=True),
            Line("others", self._imap, self, self._others, gate=gate, pace=pace, idles=False),
        )
        self._complaints: dict[str, str] = {}
        self._told: str | None = None
        self._is_authorized: bool | None = None

    def wake(self) -> None:
        """Look now, for somebody may want a message that was skipped or had failed."""
        for line in self._lines:
            line.woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                if await self._desk.lease(self._ref):
                    await self._read()
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("imap.database_away", error=type(error).__name__)
            await asyncio.sleep(self._pace.lease)

    async def _read(self) -> None:
        try:
            await self._cursor.load()
            await self._cursor.ask_for_history(self._imap.history_from)
            async with asyncio.TaskGroup() as group:
                for line in self._lines:
                    group.create_task(line.run(), name=f"imap {line.name}")
        except* NotOurs:
            self._told = self._is_authorized = None
        finally:
            with contextlib.suppress(Exception):  # a lease ends with its process at the latest
                await self._desk.let_go(self._ref)

    async def _first(self, opened: Session) -> Sequence[Reader]:
        return [self._reader(self._imap.folders[0], await folders.sent(opened))]

    async def _others(self, opened: Session) -> Sequence[Reader]:
        sent = await folders.sent(opened)
        names = list(dict.fromkeys([*self._imap.folders, *([sent] if sent else [])]))
        await self._desk.reads_only(self._ref, names)
        return [self._reader(name, sent) for name in names if name != self._imap.folders[0]]

    def _reader(self, name: str, sent: str) -> Reader:
        is_sent = name == sent
        return self._readers.setdefault((name, is_sent), Reader(self._reading, name, outgoing=is_sent))

    # What an overseer is told (line.py).

    async def may_read(self) -> None:
        if not await self._desk.lease(self._ref):
            raise NotOurs

    async def signed_in(self) -> None:
        await self._cursor.turn_to_mailbox()
        if self._is_authorized is not True:
            await self._desk.authorized(self._ref, True)
            self._is_authorized = True

    async def works(self, line: str) -> None:
        await self.complains(line, None)

    async def fails(self, line: str, failure: NoMailbox, times: int) -> None:
        if failure.refused:
            self._is_authorized = False
            await self._desk.authorized(self._ref, False, failure.why)
        if times >= TELLING or not failure.passing:
            await self.complains(line, failure)

    async def complains(self, about: str, complaint: NoMailbox | None) -> None:
        if complaint is None:
            self._complaints.pop(about, None)
        else:
            self._complaints[about] = complaint.why
        why = " ".join(dict.fromkeys(self._complaints.values()))
        if why != self._told:
            await self._desk.health(self._ref, "attention" if why else "ok", why)
            self._told = why
