"""What commits wake is passed on, and each socket gets every event it may see exactly once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import psycopg
import pytest

from kanal.events import actions as events
from kanal.events.models import Event, Recorded
from kanal.kit.db import Database
from kanal.realtime import feed as feeds
from kanal.realtime import room
from kanal.realtime.feed import Feed
from kanal.realtime.hub import SWEEP, Hub
from tests.make import accounts


class Ear:
    """A socket without a network: keeps what it is told, as slowly as it likes."""

    def __init__(self, account: int, cursor: int = 0, sees: Callable[[Recorded], bool] = lambda _: True) -> None:
        self.heard: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self.told = asyncio.Condition()
        self.feed = Feed(account, cursor, "somebody", sees, self.send, self.close)

    async def send(self, message: str) -> None:
        await self.open.wait()
        async with self.told:
            self.heard.append(json.loads(message))
            self.told.notify_all()

    async def close(self, code: int) -> None:
        async with self.told:
            self.closed.append(code)
            self.told.notify_all()

    @property
    def seqs(self) -> list[int]:
        return [item["seq"] for message in self.heard if message["type"] == "events" for item in message["items"]]

    async def until(self, reached: Callable[[], object]) -> None:
        async with asyncio.timeout(30), self.told:
            await self.told.wait_for(reached)


async def nobody(account: int, feeds: Sequence[Feed]) -> None:
    """Finds nobody who has to go."""


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


@pytest.fixture
async def hub(db: Database) -> AsyncIterator[Hub]:
    hub = Hub(db, beat=0.2)
    running = asyncio.create_task(hub.run())
    await hub.listening.wait()
    yield hub
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def emit(db: Database, account: int, count: int = 1, **more: Any) -> None:
    async with db.transaction(account) as tx:
        for _ in range(count):
            events.emit(tx, Event(name="contact.created", **more))


async def test_topics_are_passed_on_by_prefix(hub: Hub, db: Database) -> None:
    heard: list[str] = []
    done = asyncio.Event()
    hub.on("raw:", heard.append)
    off = hub.on("deliver", heard.append)
    hub.on("end", lambda _: done.set())
    off()
    async with db.transaction(None) as tx:
        for topic in ("raw:1:x", "deliver", "other", "end"):
            tx.wake(topic)
    async with asyncio.timeout(30):
        await done.wait()
    assert heard == ["raw:1:x"]


async def test_a_listener_that_fails_does_not_stop_the_others(hub: Hub) -> None:
    heard: list[str] = []

    def fail(topic: str) -> None:
        raise ValueError(topic)

    hub.on("x", fail)
    hub.on("x", heard.append)
    hub.tell("x1")
    assert heard == ["x1"]


async def test_an_event_is_told_to_all_sockets_of_the_account_and_no_other(
    hub: Hub, db: Database, account: int
) -> None:
    first, second = Ear(account, 1), Ear(account, 1)
    other = Ear(await accounts.account(db, "b"), 1)
    for ear in (first, second, other):
        hub.join(ear.feed, nobody)
    await emit(db, account)
    for ear in (first, second):
        await ear.until(lambda ear=ear: ear.seqs == [2])  # type: ignore[misc]  # mypy knows no defaults of lambdas
    assert other.seqs == []


async def test_a_cursor_from_before_brings_what_was_missed(hub: Hub, db: Database, account: int) -> None:
    await emit(db, account, 700)
    ear = Ear(account, 100)
    hub.join(ear.feed, nobody)
    await emit(db, account, 3)
    await ear.until(lambda: 704 in ear.seqs)
    assert ear.seqs == list(range(101, 705))
    assert ear.heard[-1]["cursor"] == 704


async def test_writers_readers_and_reconnects_at_once_miss_nothing_and_double_nothing(
    hub: Hub, db: Database, account: int
) -> None:
    ear = Ear(account, 1)
    hub.join(ear.feed, nobody)
    writing = asyncio.gather(*(emit(db, account, 2) for _ in range(60)))
    seen: list[int] = []
    while len(seen) < 120:
        await asyncio.sleep(0.02)
        hub.leave(ear.feed)
        await asyncio.sleep(0)
        seen += ear.seqs
        ear = Ear(account, max(seen, default=1))
        hub.join(ear.feed, nobody)
    await writing
    assert seen == list(range(2, 122))


async def test_too_far_behind_is_told_to_start_anew(
    hub: Hub, db: Database, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LARGEST_GAP", 10)
    await emit(db, account, 20)
    behind, ahead = Ear(account, 1), Ear(account, 999)
    for ear in (behind, ahead):
        hub.join(ear.feed, nobody)
        await ear.until(lambda ear=ear: ear.heard)  # type: ignore[misc]  # mypy knows no defaults of lambdas
        assert ear.heard[0] == {"type": "resync", "cursor": 21}
    await emit(db, account)
    await behind.until(lambda: behind.seqs == [22])


async def test_what_one_may_not_see_is_passed_over_in_silence(hub: Hub, db: Database, account: int) -> None:
    ear = Ear(account, 1, sees=lambda event: event.seq % 2 == 0)
    hub.join(ear.feed, nobody)
    await emit(db, account, 4)
    await ear.until(lambda: ear.seqs == [2, 4])
    assert ear.feed.cursor == 5


async def test_the_slow_are_not_buffered_for_but_read_again(hub: Hub, db: Database, account: int) -> None:
    slow = Ear(account, 1)
    slow.open.clear()
    hub.join(slow.feed, nobody)
    for _ in range(5):
        await emit(db, account, 2)
    slow.open.set()
    await slow.until(lambda: len(slow.seqs) == 10)
    assert slow.seqs == list(range(2, 12))
    assert len([message for message in slow.heard if message["type"] == "events"]) <= 3


async def test_what_happens_while_the_only_socket_is_busy_is_told_once_it_is_free(db: Database, account: int) -> None:
    hub = Hub(db, beat=60)
    running = asyncio.create_task(hub.run())
    await hub.listening.wait()
    heard = asyncio.Event()
    hub.on("events:", lambda _: heard.set())
    ear = Ear(account, 1)
    ear.open.clear()
    hub.join(ear.feed, nobody)
    for _ in range(3):
        heard.clear()
        await emit(db, account)
        await heard.wait()
        await asyncio.sleep(0.05)
    ear.open.set()
    await ear.until(lambda: ear.seqs == [2, 3, 4])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_socket_that_takes_too_long_is_dropped(
    hub: Hub, db: Database, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PATIENCE", 0.05)
    stuck = Ear(account, 1)
    stuck.open.clear()
    hub.join(stuck.feed, nobody)
    await emit(db, account)
    await stuck.until(lambda: stuck.closed == [feeds.TOO_SLOW])
    assert stuck.feed.gone


async def test_at_each_beat_it_is_checked_who_may_stay(hub: Hub, account: int) -> None:
    stays, goes = Ear(account, 1), Ear(account, 1)

    async def check(_: int, present: Sequence[Feed]) -> None:
        if goes.feed in present:
            goes.feed.end(4401)

    for ear in (stays, goes):
        hub.join(ear.feed, check)
    await goes.until(lambda: goes.closed == [4401])
    await stays.until(lambda: {"type": "ping", "cursor": 1} in stays.heard)
    assert goes.heard == []


async def test_who_signs_out_hears_nothing_that_came_after(db: Database, account: int) -> None:
    hub = Hub(db, beat=60)
    running = asyncio.create_task(hub.run())
    await hub.listening.wait()
    ear = Ear(account, 1)

    async def check(_: int, present: Sequence[Feed]) -> None:
        ear.feed.end(4401)

    hub.join(ear.feed, check)
    async with db.transaction(account) as tx:
        events.emit(tx, Event(name="member.signed_out"))
        events.emit(tx, Event(name="contact.created"))
    await ear.until(lambda: ear.closed == [4401])
    assert ear.heard == []
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_lost_connection_is_made_anew_and_nothing_is_missed(
    hub: Hub, db: Database, account: int, database_url: str
) -> None:
    swept = asyncio.Event()
    hub.on(SWEEP, lambda _: swept.set())
    ear = Ear(account, 1)
    hub.join(ear.feed, nobody)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and query = 'listen kanal'"
        )
    await emit(db, account)
    await ear.until(lambda: ear.seqs == [2])
    await emit(db, account)
    await ear.until(lambda: ear.seqs == [2, 3])
    # A backend that is told to end may still tell of both before it does.
    async with asyncio.timeout(30):
        await swept.wait()
