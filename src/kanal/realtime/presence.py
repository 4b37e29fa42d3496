"""Who looks at which ticket now, and who writes there. Each process keeps it in memory and tells the others the way
listeners are woken; nothing of it is stored. Who goes says so, and who is not heard of for a while is gone."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Literal
from uuid import UUID

import msgspec
import psycopg
import structlog

from kanal.kit.db import Database
from kanal.kit.ids import new_id
from kanal.realtime.feed import Feed

TOPIC = "presence"
KEPT = 70.0
"""Seconds after which somebody of whom no process has said anything is taken to be gone: more than two beats."""
GATHER = 0.05
AT_ONCE = 40
"""So many fit into what one commit can tell."""

State = Literal["gone", "looking", "typing"]
Place = tuple[int, UUID]
"""Account and ticket."""
May = Callable[[int, Collection[tuple[Feed, UUID]]], Awaitable[Collection[Feed]]]
"""Which of these still may see the ticket they look at."""
log = structlog.get_logger()


class _Looking(msgspec.Struct):
    """A socket of this process."""

    socket: UUID
    member: UUID
    ticket: UUID
    typing: bool


class _Seen(msgspec.Struct):
    """A socket of any process."""

    member: UUID
    typing: bool
    at: float


class Present(msgspec.Struct):
    member_id: UUID
    name: str
    typing: bool


class _Told(msgspec.Struct, tag="presence"):
    ticket_id: UUID
    members: list[Present]


class _Named(msgspec.Struct):
    id: UUID
    name: str


class Presence:
    def __init__(self, db: Database, *, kept: float = KEPT) -> None:
        self._db = db
        self.kept = kept
        self._here: dict[Feed, _Looking] = {}
        self._seen: dict[Place, dict[UUID, _Seen]] = defaultdict(dict)
        self._may: May | None = None
        self._to_say: dict[int, dict[UUID, str]] = defaultdict(dict)
        """By account and socket."""
        self._to_show: set[Place] = set()
        self._task: asyncio.Task[None] | None = None

    def look(self, feed: Feed, member: UUID, ticket: UUID | None, *, typing: bool, may: May) -> None:
        """A socket looks at this ticket, which it may see, or at none."""
        self._may = may
        known = self._here.get(feed)
        if known is not None and known.ticket != ticket:
            self.leave(feed)
            known = None
        if ticket is None:
            return
        if known is None:
            known = self._here[feed] = _Looking(new_id(), member, ticket, typing)
            # Whoever comes is told who is here, also when that is nobody.
            self._to_show.add((feed.account, ticket))
        elif known.typing == typing:
            return
        known.typing = typing
        self._say(feed.account, known, "typing" if typing else "looking")

    def leave(self, feed: Feed) -> None:
        if (known := self._here.pop(feed, None)) is not None:
            self._say(feed.account, known, "gone")

    def looks_at(self, feed: Feed) -> UUID | None:
        return known.ticket if (known := self._here.get(feed)) else None

    def heard(self, topic: str) -> None:
        """What a process said, this one too."""
        _, account, ticket, member, socket, state = topic.split(":")
        place = (int(account), UUID(ticket))
        there = self._seen[place]
        before = there.pop(UUID(socket), None)
        if state != "gone":
            there[UUID(socket)] = _Seen(UUID(member), state == "typing", time.monotonic())
        if not there:
            del self._seen[place]
        if before is None or state == "gone" or before.typing != (state == "typing"):
            self._show([place])

    async def beat(self) -> None:
        """Say again who is here, without those who may see it no more, and forget who fell silent."""
        if self._may is not None:
            for account, looking in self._by_account().items():
                allowed = await self._may(account, looking)
                for feed, _ in looking:
                    if feed not in allowed:
                        self.leave(feed)
        for feed, known in self._here.items():
            self._say(feed.account, known, "typing" if known.typing else "looking")
        self._forget(time.monotonic() - self.kept)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _by_account(self) -> dict[int, list[tuple[Feed, UUID]]]:
        grouped: dict[int, list[tuple[Feed, UUID]]] = defaultdict(list)
        for feed, known in self._here.items():
            grouped[feed.account].append((feed, known.ticket))
        return grouped

    def _forget(self, before: float) -> None:
        for place, there in list(self._seen.items()):
            silent = [socket for socket, seen in there.items() if seen.at < before]
            for socket in silent:
                del there[socket]
            if not there:
                del self._seen[place]
            if silent:
                self._show([place])

    def _say(self, account: int, known: _Looking, state: State) -> None:
        self._to_say[account][known.socket] = f"{TOPIC}:{account}:{known.ticket}:{known.member}:{known.socket}:{state}"
        self._start()

    def _show(self, places: Iterable[Place]) -> None:
        self._to_show.update(places)
        self._start()

    def _start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        """Changes come in bursts; what happens within a moment is one commit and one message."""
        try:
            while self._to_say or self._to_show:
                await asyncio.sleep(GATHER)
                said, self._to_say = self._to_say, defaultdict(dict)
                for account, topics in said.items():
                    await self._tell_processes(account, topics.values())
                shown, self._to_show = self._to_show, set()
                for place in shown:
                    await self._tell_sockets(place)
        except (psycopg.Error, OSError) as error:
            log.warning("who looks at what was not told", error=type(error).__name__)
        finally:
            self._task = None

    async def _tell_processes(self, account: int, topics: Iterable[str]) -> None:
        waiting = list(topics)
        for start in range(0, len(waiting), AT_ONCE):
            async with self._db.transaction(account) as tx:
                for topic in waiting[start : start + AT_ONCE]:
                    tx.wake(topic)

    async def _tell_sockets(self, place: Place) -> None:
        account, ticket = place
        here = [(feed, known) for feed, known in self._here.items() if (feed.account, known.ticket) == place]
        if not here:
            return
        typing: dict[UUID, bool] = {}
        for seen in self._seen.get(place, {}).values():
            typing[seen.member] = typing.get(seen.member, False) or seen.typing
        names = await self._names(account, typing) if typing else {}
        for feed, known in here:
            others = [Present(member, name, typing[member]) for member, name in names.items() if member != known.member]
            feed.tell(msgspec.json.encode(_Told(ticket, others)).decode())

    async def _names(self, account: int, members: Collection[UUID]) -> dict[UUID, str]:
        async with self._db.transaction(account) as tx:
            rows = await tx.all(
                _Named,
                "select m.id, u.name from members m join users u on u.id = m.user_id where m.id = any(%s) order by 2",
                (list(members),),
            )
        return {row.id: row.name for row in rows}
