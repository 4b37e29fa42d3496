"""Somebody changes a ticket at the very moment at which somebody else changes its pipeline: both hold, in one order."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import msgspec

from kanal.kit.db import Database, Transaction
from kanal.tickets import actions, queries
from kanal.tickets.models import Pipeline, Status, TicketChange
from kanal.tickets.pipelines import actions as pipelines
from kanal.tickets.pipelines.models import NewPipeline, PipelineChange, StatusIn
from tests.make.meanwhile import meanwhile
from tests.make.queueing import Shop, shop


async def support(desk: Shop) -> Pipeline:
    async with desk.db.transaction(desk.account) as tx:
        return queries.default_of(await queries.pipelines(tx))


async def edit(desk: Shop, pipeline: Pipeline, *, leave_out: str = "", counts: dict[str, bool] | None = None) -> None:
    statuses = [
        msgspec.structs.replace(_given(status), counts=(counts or {}).get(status.key, status.counts))
        for status in pipeline.statuses
        if status.key != leave_out
    ]
    move_to = {status.id: "waiting_on_us" for status in pipeline.statuses if status.key == leave_out}
    async with desk.db.transaction(desk.account) as tx:
        await pipelines.change(tx, pipeline.id, PipelineChange(statuses=statuses, move_to=move_to), None)


def _given(status: Status) -> StatusIn:
    return StatusIn(
        id=status.id, name=status.name, is_closed=status.is_closed, may_start=status.may_start, counts=status.counts
    )


async def change(tx: Transaction, ticket: UUID, **wanted: Any) -> None:
    await actions.change(tx, ticket, TicketChange(**wanted), None)


async def test_what_is_closed_while_its_status_is_taken_away_stays_closed(db: Database) -> None:
    desk = await shop(db)
    [ticket] = await desk.arrive()
    pipeline = await support(desk)
    async with meanwhile(db, desk.account, edit(desk, pipeline, leave_out="new")) as first:
        await change(first.tx, ticket, status_key="closed")
    [row] = await desk.rows("select s.key, t.is_open from tickets t join statuses s on s.id = t.status_id")
    assert row == {"key": "closed", "is_open": False}


async def test_what_is_assigned_while_its_status_begins_to_count_counts(db: Database) -> None:
    desk = await shop(db)
    ann = await desk.member("ann")
    [ticket] = await desk.arrive()
    await edit(desk, await support(desk), counts={"new": False})
    async with meanwhile(db, desk.account, edit(desk, await support(desk), counts={"new": True})) as first:
        await change(first.tx, ticket, assignee_id=ann)
    assert await desk.rows("select member_id from work_spans where to_at is null") == [{"member_id": ann}]


async def test_what_comes_into_a_status_while_it_ceases_to_count_does_not_count(db: Database) -> None:
    desk = await shop(db)
    ann = await desk.member("ann")
    [ticket] = await desk.arrive()
    pipeline = await support(desk)
    await desk.run("update tickets set assignee_id = %s", (ann,))
    await edit(desk, pipeline, counts={"new": False})
    async with meanwhile(
        db, desk.account, edit(desk, pipeline, counts={"new": False, "waiting_on_us": False})
    ) as first:
        await change(first.tx, ticket, status_key="waiting_on_us")
    assert await desk.rows("select member_id from work_spans where to_at is null") == []


async def test_pipelines_are_read_whole_while_others_are_made_and_deleted(db: Database) -> None:
    desk = await shop(db)
    done = asyncio.Event()

    async def makes() -> None:
        for _ in range(40):
            async with db.transaction(desk.account) as tx:
                made = await pipelines.create(tx, NewPipeline(name="Orders"), None)
            async with db.transaction(desk.account) as tx:
                await pipelines.delete(tx, made, None, None)
        done.set()

    async def reads() -> None:
        while not done.is_set():
            async with db.transaction(desk.account) as tx:
                assert all(each.statuses for each in (await queries.pipelines(tx)).values())

    await asyncio.gather(makes(), reads(), reads())


async def test_whoever_tells_of_a_ticket_waits_for_nobody_who_changes_it(db: Database) -> None:
    """Of two that hold several tickets, in different orders, one would have to give up."""
    desk = await shop(db)
    ann = await desk.member("ann")
    [ticket] = await desk.arrive()
    async with db.transaction(desk.account) as tx, asyncio.timeout(10):
        await queries.locked(tx, [ticket])
        await desk.open("ann", ticket)
    assert await desk.rows("select member_id from ticket_reads") == [{"member_id": ann}]
