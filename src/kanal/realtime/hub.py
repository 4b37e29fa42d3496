"""One listening connection a process. What a commit woke is passed on by topic: to workers that asked for a prefix, and
to the rooms, which feed the open sockets. No socket holds a connection of the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import psycopg
import structlog

from kanal.events import queries
from kanal.kit.db import Database
from kanal.realtime.feed import Feed
from kanal.realtime.presence import TOPIC, Presence
from kanal.realtime.room import Check, Look, Room

BEAT = 25.0
PROBE = 30.0
"""Seconds of silence after which the listening connection has to prove that it lives."""
SWEEP = "sweep"
"""The topic that says: something may have been missed, look yourself."""
LONGEST_PAUSE = 5.0

log = structlog.get_logger()


class Hub:
    def __init__(self, db: Database, *, beat: float = BEAT) -> None:
        self._db = db
        self._beat = beat
        self._callbacks: list[tuple[str, Callable[[str], None]]] = []
        self._rooms: dict[int, Room] = {}
        self.listening = asyncio.Event()
        self.presence = Presence(db)
        self.on(f"{TOPIC}:", self.presence.heard)

    def on(self, prefix: str, callback: Callable[[str], None]) -> Callable[[], None]:
        """Call back with each topic that starts so, until the function returned is called. Whoever keeps work of its
        own also wants `sweep`, told after the connection was lost and when there was too much to list."""
        entry = (prefix, callback)
        self._callbacks.append(entry)
        return lambda: self._callbacks.remove(entry)

    async def run(self) -> None:
        """Listen until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._listen())
                group.create_task(self._beat_on())
        finally:
            for room in self._rooms.values():
                await room.close()
            await self.presence.close()

    async def start_of(self, account: int) -> int:
        """The cursor of whoever has seen everything up to now."""
        async with self._db.transaction(account) as tx:
            return await queries.last(tx)

    def join(self, feed: Feed, check: Check, look: Look | None = None) -> None:
        """Feed a socket from its cursor on. `check` is asked, at every beat and after what may change it, who of the
        account's sockets may go on listening, and to what; `look` before each batch of events is told."""
        room = self._rooms.setdefault(feed.account, Room(self._db, feed.account, check, look))
        room.add(feed)

    def leave(self, feed: Feed) -> None:
        feed.gone = True
        self.presence.leave(feed)
        room = self._rooms[feed.account]
        room.feeds.discard(feed)
        if not room.feeds:
            del self._rooms[feed.account]

    def tell(self, topic: str) -> None:
        """Pass on one topic."""
        if topic.startswith("events:"):
            self._wake_room(int(topic.split(":")[1]))
        elif topic == SWEEP:
            for account in self._rooms:
                self._wake_room(account)
        for prefix, callback in list(self._callbacks):
            if topic.startswith(prefix):
                _call(callback, topic)

    def _wake_room(self, account: int) -> None:
        if room := self._rooms.get(account):
            room.wake()

    async def _listen(self) -> None:
        pause = 0.0
        while True:
            try:
                connection = await self._db.listener()
                async with connection:
                    pause = 0.0
                    self.tell(SWEEP)
                    self.listening.set()
                    await self._hear(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("listening was interrupted", error=type(error).__name__)
            self.listening.clear()
            pause = min(LONGEST_PAUSE, pause * 2 + 0.1)
            await asyncio.sleep(pause)

    async def _hear(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notify in connection.notifies(timeout=PROBE):
                for topic in notify.payload.split():
                    self.tell(topic)
            await connection.execute("select 1")

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(self._beat)
            for room in list(self._rooms.values()):
                try:
                    await room.beat()
                except (psycopg.Error, OSError) as error:
                    log.warning("a beat was missed", error=type(error).__name__)
            try:
                await self.presence.beat()
            except (psycopg.Error, OSError) as error:
                log.warning("a beat was missed", error=type(error).__name__)


def _call(callback: Callable[[str], None], topic: str) -> None:
    try:
        callback(topic)
    except Exception:
        log.exception("a listener failed", topic=topic)
