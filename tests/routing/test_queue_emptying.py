"""Whatever waits and whoever comes: the queue empties in order when it can, with two runners at once (Hypothesis). And
a long queue costs no more statements than a short one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kanal.events import actions as events
from kanal.events.models import NAMES
from kanal.kit.db import Database
from kanal.realtime.hub import Hub
from kanal.routing.queue import Queue
from kanal.routing.queue.looking import look_once
from kanal.routing.queue.runner import MAY_HELP
from kanal.tickets.models import Priority
from tests.make.queueing import Shop, minutes, rank_of, requiring, shop
from tests.make.statements import counted

PRIORITIES: list[Priority] = ["low", "normal", "high", "urgent"]
WAITING = st.lists(st.tuples(st.sampled_from(PRIORITIES), st.booleans()), max_size=8)
"""Priority, and whether it needs the skill."""
CAPACITIES = st.lists(st.tuples(st.none() | st.integers(0, 3), st.booleans()), min_size=1, max_size=3)
"""Each person's capacity, and whether they have the skill."""


@pytest.fixture
async def desk(db: Database) -> Shop:
    return await shop(db)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waiting=WAITING, people=CAPACITIES)
def test_the_queue_empties_in_order_when_it_can(
    database_url: str, waiting: list[tuple[Priority, bool]], people: list[tuple[int | None, bool]]
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("truncate accounts, users restart identity cascade")
    asyncio.run(_empties(database_url, waiting, people))


async def _empties(url: str, waiting: list[tuple[Priority, bool]], people: list[tuple[int | None, bool]]) -> None:
    db = Database(url, events.write, most=6)
    await db.open()
    try:
        desk = await shop(db)
        order = await _filled(desk, waiting, people)
        for name in desk.people:
            await desk.set(name, "available")
        await asyncio.gather(Queue(db).run_once(desk.account), Queue(db).run_once(desk.account))
        await desk.look()
        await _check(desk, order, people)
    finally:
        await db.close()


async def _filled(
    desk: Shop, waiting: list[tuple[Priority, bool]], people: list[tuple[int | None, bool]]
) -> list[tuple[UUID, bool]]:
    """The tickets in the order of the queue, with whether they need the skill."""
    skill = await desk.skill("Finnish")
    for number, (capacity, skilled) in enumerate(people):
        limit = {} if capacity is None else {"total": capacity}
        await desk.member(f"p{number}", "away", capacity=limit, skills=[skill] if skilled else [])
    rule = requiring(skill, when={"field": "message.subject", "operator": "is", "value": "fi"})
    await desk.route(*desk.people, rules=[rule])
    found = []
    for place, (priority, needs) in enumerate(waiting):
        facts = {"message.subject": "fi" if needs else "sv"}
        [ticket] = await desk.arrive(priority=priority, ago=minutes(100 - place), facts=facts)
        found.append((rank_of(priority), place, ticket, needs))
    return [(ticket, needs) for _, _, ticket, needs in sorted(found, key=lambda each: each[:2])]


async def _check(desk: Shop, order: list[tuple[UUID, bool]], people: list[tuple[int | None, bool]]) -> None:
    given_, room = await desk.given(), {f"p{n}": 3 if c is None else c for n, (c, _) in enumerate(people)}
    skilled = {f"p{number}" for number, (_, has) in enumerate(people) if has}
    left = set(await desk.waiting())
    for ticket, needs in order:
        name = given_[ticket]
        assert (name is None) == (ticket in left)
        if name is not None:
            room[name] -= 1
            assert room[name] >= 0
            assert not needs or name in skilled
    for ticket, needs in order:  # nobody who could take it has room left, and nobody behind it was given the room
        if ticket in left:
            able = skilled if needs else set(room)
            assert all(room[name] == 0 for name in able)
    for needs in (True, False):
        taken = [ticket not in left for ticket, needed in order if needed == needs]
        assert taken == sorted(taken, reverse=True)


async def test_a_long_queue_takes_as_many_statements_as_a_short_one(desk: Shop, database_url: str) -> None:
    await desk.member("ann", capacity={"total": 2})
    await desk.route("ann")
    short = await _statements(desk, database_url, 10)
    long = await _statements(desk, database_url, 5_000)
    assert len(long) == len(short)
    assert len(long) < 45


async def _statements(desk: Shop, url: str, waiting: int) -> list[str]:
    """Of one look at a queue of which two can be given out."""
    _fill(url, desk, waiting)
    async with desk.db.transaction(desk.account) as tx:
        began = time.perf_counter()
        with counted(tx) as ran:
            looked = await look_once(tx)
        print(f"{waiting} waiting: {len(ran)} statements, {time.perf_counter() - began:.3f} s")
    assert looked.given == 2
    assert not looked.held_up
    return ran


def _fill(url: str, desk: Shop, count: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("delete from tickets")
        connection.execute(
            f"""
            insert into tickets (account_id, id, number, subject, pipeline_id, status_id, is_open, source, channel_id,
                                 created_at, updated_at, last_message_at, waiting_since)
            select {desk.account}, gen_random_uuid(), g, 'S', s.pipeline_id, s.id, true, 'message', '{desk.channel}',
                   now(), now(), now(), now()
            from generate_series(1, {count}) g,
                 (select * from statuses where account_id = {desk.account} order by position limit 1) s
            """.encode()
        )
        connection.execute(
            """
            insert into queue (account_id, ticket_id, channel_id, rank, arrived_at, queued_at, why)
            select account_id, id, channel_id, 2, created_at, created_at, 'nobody_available' from tickets
            """
        )
        connection.execute("analyze queue, tickets")


@pytest.fixture
async def running(desk: Shop) -> AsyncIterator[Queue]:
    hub, queue = Hub(desk.db), Queue(desk.db)
    hub.on("events:", queue.wake)
    hub.on("queue", queue.wake)
    tasks = [asyncio.create_task(part.run()) for part in (hub, queue)]
    await hub.listening.wait()
    yield queue
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _becomes(desk: Shop, *wanted: Any) -> None:
    async with asyncio.timeout(30):
        while list((await desk.given()).values()) != list(wanted):  # noqa: ASYNC110 - waits for a commit of another task
            await asyncio.sleep(0.02)


async def test_the_loop_is_woken_by_what_happens(desk: Shop, running: Queue) -> None:
    await desk.member("ann", "away")
    await desk.route("ann")
    tickets = await desk.arrive(4)
    await desk.set("ann", "available")
    await _becomes(desk, "ann", "ann", "ann", None)
    await desk.open("ann", tickets[0])
    await _becomes(desk, "ann", "ann", "ann", "ann")


async def test_the_loop_wakes_by_itself_when_a_moment_comes(desk: Shop, running: Queue) -> None:
    await desk.member("ann", "away")
    await desk.route("ann", waiting_too_long_minutes=1)
    await desk.arrive()
    await desk.run("update queue set too_long_at = now() + interval '1 second'")
    running.wake(f"queue:{desk.account}")
    async with asyncio.timeout(30):
        while not await desk.events("ticket.waited_too_long"):  # noqa: ASYNC110 - waits for a commit of another task
            await asyncio.sleep(0.05)


def test_events_that_may_help_are_known_ones() -> None:
    assert all(any(name.startswith(each) for name in NAMES) for each in MAY_HELP)
