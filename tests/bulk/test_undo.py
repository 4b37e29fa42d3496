"""Taking a job back: each ticket stands as it stood, and what somebody changed since is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from kanal.bulk.errors import NotUndoable
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.bulk.conftest import Many
from tests.make.said import said


@pytest.mark.parametrize(
    "action",
    [
        {"assign": {"assignee": "me"}},
        {"status": {"status": "closed"}},
        {"status": {"status": "waiting_on_contact"}},
        {"priority": "urgent"},
        {"tags": {"add": ["new"], "remove": ["old"]}},
        {"read": {}},
        {"follow": {}},
        {"snooze": {"until": "2099-01-01T08:00:00Z"}},
        {"delete": {}},
    ],
)
async def test_undo_restores_exactly(many: Many, action: dict[str, Any]) -> None:
    await many.site.hear(said(external_id="1@x"), said(external_id="2@x"))
    wanted = [row["id"] for row in await many.rows("select id from tickets")] + await many.make(2)
    await many.do(wanted[1:], tags={"add": ["old"]})
    await many.do(wanted[2:3], status={"status": "closed"})
    before = await many.stand()
    job = await many.do(wanted, **action)
    assert job.can_undo
    assert await many.stand() != before
    back = await many.undo(job)
    assert (back.state, back.undoes, back.changed, back.skipped) == ("done", job.id, job.changed, 0)
    assert await many.stand() == before
    assert not (await many.job(job.id)).can_undo


async def test_spam_comes_back_where_it_stood(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"), said(external_id="2@x"))
    wanted = [row["id"] for row in await many.rows("select id from tickets")]
    before = await many.stand()
    await many.undo(await many.do(wanted, spam={}))
    assert await many.stand() == before


async def test_what_rested_rests_again_for_whoever_had_said_so(many: Many) -> None:
    wanted = await many.make(2)
    bo = await many.site.member("bo")
    await many.do(wanted[:1], bo, snooze={"until": "2099-01-01T08:00:00Z"})
    before = await many.stand()
    actions: list[dict[str, Any]] = [
        {"wake": {}},
        {"status": {"status": "closed"}},
        {"snooze": {"until": "2098-01-01T08:00:00Z"}},
    ]
    for action in actions:
        job = await many.do(wanted, **action)
        assert job.changed
        await many.undo(job)
        assert await many.stand() == before
    assert [row["snoozed_by"] for row in await many.rows("select snoozed_by from tickets order by number")] == [
        bo,
        None,
    ]


async def test_ws_8_k12_many_merged_into_one_stand_for_themselves_again(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"), said(external_id="2@x"), said(external_id="3@x"))
    wanted = [row["id"] for row in await many.rows("select id from tickets order by number")]
    before = await many.stand()
    job = await many.do(wanted, merge={"into": 1})
    assert (job.changed, [(each.number, each.why) for each in await many.skipped(job)]) == (2, [(1, "refused")])
    assert {row["merged_into"] for row in await many.stand()} == {None, wanted[0]}
    await many.undo(job)
    assert await many.stand() == before


async def test_restored_ones_are_deleted_again(many: Many) -> None:
    wanted = await many.make(2)
    await many.do(wanted, delete={})
    job = await many.do(wanted, restore={})
    assert (job.changed, [row["deleted_at"] for row in await many.stand()]) == (2, [None, None])
    await many.undo(job)
    assert None not in [row["deleted_at"] for row in await many.stand()]


async def test_k12_what_somebody_changed_since_is_left_alone_and_told(many: Many) -> None:
    wanted = await many.make(2)
    job = await many.do(wanted, priority="urgent")
    async with many.db.transaction(many.account) as tx:
        await tickets.change(tx, wanted[0], TicketChange(priority="low"), None)
    back = await many.undo(job)
    assert [(each.number, each.why, each.detail) for each in await many.skipped(back)] == [(1, "changed", "priority")]
    assert [row["priority"] for row in await many.stand()] == ["low", "normal"]


async def test_what_nobody_touched_of_a_ticket_is_no_conflict(many: Many) -> None:
    wanted = await many.make(1)
    job = await many.do(wanted, priority="urgent")
    async with many.db.transaction(many.account) as tx:
        await tickets.change(tx, wanted[0], TicketChange(status_key="closed"), None)
    assert (await many.undo(job)).changed == 1
    assert [(row["priority"], row["status"]) for row in await many.stand()] == [("normal", "closed")]


async def test_whom_the_customer_answered_since_waits_since_then(many: Many) -> None:
    await many.site.hear(said(external_id="1@x"))
    [wanted] = await many.rows("select id from tickets")
    job = await many.do([wanted["id"]], status={"status": "closed"})
    await many.site.hear(said("Still broken", external_id="2@x", references=("1@x",)))
    [now] = await many.stand()
    back = await many.undo(job)
    assert [each.detail for each in await many.skipped(back)] == ["status_id"]
    assert await many.stand() == [now]


async def test_pipelines_rules_do_not_hold_taking_back(many: Many) -> None:
    wanted = await many.make(1)
    await many.run("update pipelines set no_backwards = true")
    job = await many.do(wanted, status={"status": "closed"})
    await many.undo(job)
    assert [row["status"] for row in await many.stand()] == ["new"]


async def test_a_status_that_is_gone_since_is_told(many: Many) -> None:
    wanted = await many.make(1)
    job = await many.do(wanted, status={"status": "closed"})
    await many.run("delete from statuses where key = 'new'")
    back = await many.undo(job)
    assert [(each.why, "no such status" in each.detail) for each in await many.skipped(back)] == [("refused", True)]


async def test_only_once_and_not_while_it_is_under_way(many: Many) -> None:
    job = await many.job(await many.ask(await many.make(1), priority="high"))
    with pytest.raises(NotUndoable):
        await many.undo(job)
    await many.work()
    back = await many.undo(job)
    for each in (job, back):
        with pytest.raises(NotUndoable):
            await many.undo(each)
