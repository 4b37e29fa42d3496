"""How jobs are worked through: cut off, stopped, by several at once, by whom, and told of."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from kanal.bulk import asking, chosen, doing, jobs, working
from kanal.bulk.jobs import Bulk
from kanal.kit import clock
from kanal.kit.db import Transaction
from kanal.kit.ids import new_id
from tests.bulk.conftest import Many
from tests.make.tickets import fill


async def _all(many: Many) -> list[UUID]:
    return [row["id"] for row in await many.rows("select id from tickets order by number")]


async def test_cut_off_in_the_middle_it_goes_on_where_it_was_and_does_nothing_twice(
    many: Many, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database_url, many.account, 350)
    job = await many.ask(await _all(many), priority="high")
    cut, done = asyncio.Event(), 0
    really = doing.do

    async def cut_off(*given: object) -> doing.Refused:
        nonlocal done
        refused = await really(*given)  # type: ignore[arg-type]
        done += 1
        if done == 3:
            cut.set()
            await asyncio.Event().wait()
        return refused

    monkeypatch.setattr(doing, "do", cut_off)
    worker = asyncio.create_task(Bulk(many.db).run())
    await cut.wait()
    worker.cancel()
    await asyncio.wait([worker])
    monkeypatch.undo()
    left = await many.job(job)
    assert (left.state, left.done, left.changed) == ("running", 200, 200)
    await many.work()
    over = await many.job(job)
    assert (over.state, over.done, over.changed) == ("done", 350, 350)
    [told] = await many.rows(
        "select count(*) as n, count(distinct ticket_id) as tickets from events where name = 'ticket.priority_changed'"
    )
    assert (told["n"], told["tickets"]) == (350, 350)


async def test_several_workers_share_a_job_and_do_nothing_twice(many: Many, database_url: str) -> None:
    fill(database_url, many.account, 450)
    job = await many.ask(await _all(many), priority="high")
    await asyncio.gather(*(Bulk(many.db).run_once() for _ in range(3)))
    await many.work()
    over = await many.job(job)
    assert (over.state, over.done, over.changed) == ("done", 450, 450)
    [told] = await many.rows("select count(*) as n from events where name = 'ticket.priority_changed'")
    assert told["n"] == 450


async def _batch(many: Many, job: UUID) -> None:
    async with many.db.transaction(many.account) as tx:
        await working.batch(tx, job)


async def test_a_stopped_job_keeps_what_it_did_and_that_can_be_taken_back(many: Many, database_url: str) -> None:
    fill(database_url, many.account, 150)
    job = await many.ask(await _all(many), priority="high")
    await _batch(many, job)
    async with many.db.transaction(many.account) as tx:
        await asking.stop(tx, job)
    await many.work()
    stopped = await many.job(job)
    assert (stopped.state, stopped.changed, stopped.can_undo) == ("stopped", 100, True)
    await many.undo(stopped)
    assert {row["priority"] for row in await many.stand()} == {"normal"}


@pytest.mark.parametrize(
    "loss",
    [
        "update members set has_seat = false",
        "update members set deactivated_at = created_at",
        "update members set role = 'viewer'",
    ],
)
async def test_a_job_of_somebody_who_may_no_longer_stops_with_the_reason(
    many: Many, database_url: str, loss: str
) -> None:
    fill(database_url, many.account, 150)
    job = await many.ask(await _all(many), priority="high")
    await _batch(many, job)
    await many.run(loss.encode())
    await many.work()
    failed = await many.job(job)
    assert (failed.state, failed.reason, failed.done) == ("failed", "no_permission", 100)


async def test_what_comes_into_the_view_after_it_began_is_not_touched(many: Many) -> None:
    await many.make(1)
    job = await many.ask({"view": "open"}, priority="high")
    await _batch(many, job)
    await many.make(1)
    await many.work()
    assert [row["priority"] for row in await many.stand()] == ["high", "normal"]


async def test_a_view_that_is_gone_when_the_job_starts_changes_nothing(many: Many) -> None:
    await many.make(1)
    view = new_id()
    await many.run(
        """
        insert into saved_views (account_id, id, name, owner_id, columns, sort, layout, shared_with, created_at,
                                 updated_at)
        values (%s, %s, 'Mine', %s, '{}', '-last_message_at', 'table', 'me', now(), now())
        """,
        (many.account, view, many.agent),
    )
    job = await many.ask({"view": str(view)}, priority="high")
    await many.run("delete from saved_views")
    await many.work()
    failed = await many.job(job)
    assert (failed.state, failed.reason, failed.total) == ("failed", "no_view", 0)


async def test_a_view_with_too_many_is_refused_whole(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    await many.make(3)
    monkeypatch.setattr(chosen, "MOST_OF_VIEW", 2)
    job = await many.do({"view": "open"}, priority="high")
    assert (job.state, job.reason) == ("failed", "too_many")
    assert not await many.rows("select from bulk_items")
    assert {row["priority"] for row in await many.stand()} == {"normal"}


async def test_a_fault_in_one_job_is_told_there_and_stops_no_other(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    [first, second] = await many.make(2)
    broken = await many.ask([first], tags={"add": ["x"]})
    fine = await many.ask([second], priority="high")

    async def fault(*_: object) -> doing.Refused:
        raise RuntimeError("a fault")

    monkeypatch.setattr(doing, "_tag", fault)
    await many.work()
    assert [((await many.job(job)).state, (await many.job(job)).reason) for job in (broken, fine)] == [
        ("failed", "error"),
        ("done", ""),
    ]


async def test_how_far_it_is_is_told_now_and_then_and_at_the_end(many: Many, database_url: str) -> None:
    fill(database_url, many.account, 250)
    job = await many.ask(await _all(many), priority="high")
    await many.work()
    told = await many.rows("select data from events where name = 'bulk.progressed' order by seq")
    assert told[-1]["data"] == {
        "job_id": str(job),
        "member_id": str(many.agent),
        "done": 250,
        "total": 250,
        "state": "done",
    }
    assert 2 <= len(told) <= 4


async def test_a_batch_takes_as_many_statements_for_a_hundred_as_for_one(
    many: Many, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database_url, many.account, 101)
    wanted, counts = await _all(many), []
    really = Transaction.run

    for some in (wanted[:1], wanted[1:100]):
        job, count = await many.ask(some, assign={"assignee": "me"}), 0

        async def counted(tx: Transaction, *given: object) -> int:
            nonlocal count
            count += 1
            return await really(tx, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(Transaction, "run", counted)
        await _batch(many, job)
        monkeypatch.undo()
        counts.append(count)
    assert counts[0] == counts[1] > 5


async def test_old_jobs_are_forgotten_with_what_tickets_were(many: Many) -> None:
    job = await many.do(await many.make(1), priority="high")
    await jobs.forget_old(many.db)
    assert await many.rows("select from bulk_items")
    await many.run("update bulk_jobs set created_at = %s", (clock.now() - timedelta(days=31),))
    await jobs.forget_old(many.db)
    assert not await many.rows("select from bulk_jobs where id = %s", (job.id,))
    assert not await many.rows("select from bulk_items")
