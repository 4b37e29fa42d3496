"""The open sockets of one account. Its events are read once, from the lowest cursor on, and each socket is told those
that it has not had and may see."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import msgspec
import structlog

from kanal.events import queries
from kanal.events.models import Recorded
from kanal.kit.db import Database
from kanal.realtime.feed import Feed

BATCH = 500
LARGEST_GAP = 2_000
"""Further behind, a socket is told to load everything anew."""
CHANGES_SIGHT = frozenset(
    {
        *("member.signed_out", "member.changed", "member.deactivated", "team.changed", "role.changed"),
        *("channel.changed", "channel.created"),
    }
)
"""Events after which a socket may see less, or nothing: checked before anything else is told."""

Check = Callable[[int, Sequence[Feed]], Awaitable[None]]
Look = Callable[[int, Sequence[Feed], Sequence[Recorded]], Awaitable[None]]
"""Looks up, once for many sockets, what their `sees` has to know of these events."""
log = structlog.get_logger()


class Room:
    def __init__(self, db: Database, account: int, check: Check, look: Look | None = None) -> None:
        self.feeds: set[Feed] = set()
        self._db = db
        self._account = account
        self._check = check
        self._look = look
        self._last = 0
        self._unread = False
        """Something happened while nobody was free to be told."""
        self._dirty = False
        self._task: asyncio.Task[None] | None = None

    def add(self, feed: Feed) -> None:
        feed.when_free = self._freed
        self.feeds.add(feed)
        self.wake()

    def wake(self) -> None:
        """Somebody may be behind: look."""
        self._dirty = True
        if self._task is None and self.feeds:
            self._task = asyncio.create_task(self._catch_up())

    async def beat(self) -> None:
        """Check that all still may listen, and show those who do that we are there."""
        await self._check(self._account, [feed for feed in self.feeds if not feed.gone])
        self.wake()
        for feed in list(self.feeds):
            if feed.is_free:
                feed.offer(f'{{"type":"ping","cursor":{feed.cursor}}}', feed.cursor)

    def _freed(self, feed: Feed) -> None:
        if self._unread or feed.cursor < self._last:
            self.wake()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _catch_up(self) -> None:
        try:
            while self._dirty:
                self._dirty = False
                await self._tell()
        except Exception:
            log.exception("live updates failed", account_id=self._account)
        finally:
            self._task = None

    async def _tell(self) -> None:
        free = [feed for feed in self.feeds if feed.is_free]
        self._unread = not free
        if not free:
            return
        async with self._db.transaction(self._account) as tx:
            self._last = await queries.last(tx)
            behind = _behind(free, self._last)
            events = await queries.after(tx, min(feed.cursor for feed in behind), BATCH) if behind else []
        if any(event.name in CHANGES_SIGHT for event in events):
            await self._check(self._account, behind)
        if self._look is not None and events:
            await self._look(self._account, behind, events)
        told = [(event, encode(event)) for event in events]
        for feed in behind:
            _tell(feed, told)


def encode(event: Recorded) -> str:
    """As it goes over the wire; the same for everybody who may see it."""
    shown = {
        "seq": event.seq,
        "name": event.name,
        "at": event.at,
        "actor_member_id": event.actor_id,
        "ticket_id": event.ticket_id,
        "conversation_id": event.conversation_id,
        "channel_id": event.channel_id,
        "contact_id": event.contact_id,
        "data": event.data,
    }
    return msgspec.json.encode(shown).decode()


def _tell(feed: Feed, told: list[tuple[Recorded, str]]) -> None:
    if not feed.is_free or not told:
        return
    fresh = [heard for event, text in told if event.seq > feed.cursor and (heard := _heard(feed, event, text))]
    cursor = max(feed.cursor, told[-1][0].seq)
    if fresh:
        feed.offer(f'{{"type":"events","items":[{",".join(fresh)}],"cursor":{cursor}}}', cursor)
    else:
        feed.cursor = cursor
        feed.when_free(feed)


def _heard(feed: Feed, event: Recorded, text: str) -> str:
    seen = feed.sees(event)
    if isinstance(seen, Recorded):
        return encode(seen)
    return text if seen else ""


def _behind(feeds: list[Feed], last: int) -> list[Feed]:
    """Those with something to be told; whoever is too far behind, or ahead of a database that was restored, is sent to
    start anew."""
    behind = []
    for feed in feeds:
        if not 0 <= last - feed.cursor <= LARGEST_GAP:
            feed.offer(f'{{"type":"resync","cursor":{last}}}', last)
        elif feed.cursor < last:
            behind.append(feed)
    return behind
