"""The clock turns people available and away by itself, in any number of processes, whatever happens to the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from uuid import UUID

import psycopg
from psycopg import sql

from kanal.kit.db import Database
from kanal.people.availability.jobs import timekeeper
from kanal.realtime.hub import Hub
from tests.make import accounts
from tests.make.availability import ALWAYS, People

MOMENT = 0.4 / 60
"""Minutes in which a test gets ready."""


async def test_what_is_due_is_written_at_its_own_time(people: People, ann: UUID) -> None:
    period = await people.out(ann, 30, 90)
    await people.pass_time(60)
    assert await timekeeper(people.db).run_once()
    [before, out] = await people.rows(ann)
    assert out["why"] == "out_of_office"
    assert before["to_at"] == out["from_at"]
    assert (period.from_at - out["from_at"]).total_seconds() == 3600
    assert [told["state"] for told in await people.told(ann)] == ["away"]


async def test_accounts_are_written_each_for_itself(people: People, ann: UUID, db: Database) -> None:
    other = People(db, await accounts.account(db, "b"))
    eve = await accounts.member(db, other.account, "eve@b.example")
    for each, member in ((people, ann), (other, eve)):
        await each.out(member, 30, 90)
        await each.pass_time(60)
    await timekeeper(db).run_once()
    assert [(await each.rows(member))[-1]["why"] for each, member in ((people, ann), (other, eve))] == [
        "out_of_office"
    ] * 2


async def test_many_clocks_write_everything_once(people: People, ann: UUID, bo: UUID) -> None:
    await people.plan(ann, ALWAYS)
    for member in (ann, bo):
        await people.out(member, 30, 90)
    await people.pass_time(200)
    await asyncio.gather(*(timekeeper(people.db).run_once() for _ in range(6)))
    for member in (ann, bo):
        rows = await people.rows(member)
        assert [row["state"] for row in rows[-3:]] == ["available", "away", "available"]
        assert all(row["from_at"] < row["to_at"] == later["from_at"] for row, later in pairwise(rows))


async def test_it_sleeps_until_the_next_change_and_is_woken_for_an_earlier_one(people: People, ann: UUID) -> None:
    async with _running(people.db):
        await people.out(ann, MOMENT, 2 * MOMENT)
        await _becomes(people, ann, "out_of_office")
        await _becomes(people, ann, "start")


async def test_it_goes_on_after_the_database_was_away(people: People, ann: UUID) -> None:
    async with _running(people.db):
        await _cut_all(people.db)
        await people.out(ann, MOMENT, 60)
        await _becomes(people, ann, "out_of_office")


async def test_what_goes_wrong_in_one_account_does_not_stop_the_others(
    people: People, ann: UUID, db: Database, database_url: str
) -> None:
    other = People(db, await accounts.account(db, "b"))
    eve = await accounts.member(db, other.account, "eve@b.example")
    for each, member in ((people, ann), (other, eve)):
        await each.out(member, 30, 90)
        await each.pass_time(60)
    with psycopg.connect(database_url, autocommit=True) as connection:
        broken = sql.SQL("alter table availability add constraint broken check (account_id <> {}) not valid")
        connection.execute(broken.format(people.account))
        try:
            assert not await timekeeper(db).run_once()
        finally:
            connection.execute("alter table availability drop constraint broken")
    assert (await people.rows(ann))[-1]["why"] == "start"
    assert (await other.rows(eve))[-1]["why"] == "out_of_office"


@asynccontextmanager
async def _running(db: Database) -> AsyncIterator[None]:
    """The clock as the process runs it."""
    hub, clock = Hub(db), timekeeper(db)
    hub.on("availability", clock.wake)
    hub.on("sweep", clock.wake)
    tasks = [asyncio.create_task(hub.run()), asyncio.create_task(clock.run())]
    await hub.listening.wait()
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _becomes(people: People, member: UUID, why: str) -> None:
    async with asyncio.timeout(30):
        while True:
            with suppress(psycopg.OperationalError):
                if (await people.rows(member))[-1]["why"] == why:
                    return
            await asyncio.sleep(0.02)


async def _cut_all(db: Database) -> None:
    with psycopg.connect(db.url, autocommit=True) as connection:
        connection.execute(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where pid <> pg_backend_pid() and datname = current_database()
            """
        )
