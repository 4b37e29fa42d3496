"""Messages come in, agents answer and two queues give out, all at once: nobody waits for ever, no limit is exceeded."""

from __future__ import annotations

import asyncio

import pytest

from kanal.kit.db import Database
from kanal.routing.queue import Queue
from tests.make.queueing import Shop, shop
from tests.make.said import hear, said

LIMIT = 2


@pytest.fixture
async def desk(db: Database) -> Shop:
    desk = await shop(db)
    for name in ("ann", "bo"):
        await desk.member(name, capacity={"total": LIMIT})
    await desk.route("ann", "bo")
    return desk


async def test_messages_answers_and_queues_at_once(desk: Shop) -> None:
    stop = asyncio.Event()
    queues = [asyncio.create_task(_gives_out(desk, stop)) for _ in range(2)]
    agent = asyncio.create_task(_answers(desk, stop))
    watch = asyncio.create_task(_watches(desk, stop))
    async with asyncio.timeout(60):
        await asyncio.gather(*(_writes(desk, who) for who in range(3)))
        stop.set()
        await asyncio.gather(*queues, agent)
        assert await watch <= LIMIT
    await desk.look()
    given = await desk.given()
    waiting = await desk.waiting()
    assert len(given) == 12
    assert all((name is None) == (ticket in waiting) for ticket, name in given.items())
    [failed] = await desk.rows("select count(*) as n from routing_decisions where why = 'routing_failed'")
    assert failed["n"] == 0


async def _writes(desk: Shop, who: int) -> None:
    """New mail, and answers in threads that may wait in the queue."""
    for number in range(4):
        sender, first = f"c{who}@kund.example", f"{who}-{number}@kund.example"
        await hear(desk.db, desk.account, desk.channel, said("a", sender, subject=first, external_id=first))
        await hear(desk.db, desk.account, desk.channel, said("b", sender, subject=first, in_reply_to=first))


async def _gives_out(desk: Shop, stop: asyncio.Event) -> None:
    queue = Queue(desk.db)
    while not stop.is_set():
        await queue.run_once(desk.account)


async def _answers(desk: Shop, stop: asyncio.Event) -> None:
    """What the customer has said twice: a third word would come back to its agent, whatever else they have."""
    while not stop.is_set():
        sql = "select id from tickets where assignee_id is not null and waiting_since is not null and version > 1"
        for row in await desk.rows(sql):
            await desk.answer(row["id"])


async def _watches(desk: Shop, stop: asyncio.Event) -> int:
    """The most that anybody had to do at one moment."""
    most = 0
    while not stop.is_set():
        rows = await desk.rows("select count(*) as n from work_spans where to_at is null group by member_id")
        most = max([most, *(row["n"] for row in rows)])
    return most
