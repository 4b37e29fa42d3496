"""Waiting work is given out in order as soon as somebody can take it, and never twice (K9)."""

from __future__ import annotations

import asyncio
from uuid import UUID

import psycopg
import pytest

from kanal.inboxes import actions as inboxes
from kanal.kit import clock
from kanal.kit.db import Database
from kanal.routing.models import Targets
from kanal.routing.queue import Queue, rows
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make.availability import People
from tests.make.queueing import Shop, ago, minutes, requiring, shop


@pytest.fixture
async def desk(db: Database) -> Shop:
    return await shop(db)


async def test_k9_what_nobody_could_take_is_given_out_when_somebody_comes(desk: Shop) -> None:
    await desk.member("ann", "away")
    await desk.route("ann")
    [ticket] = await desk.arrive()
    assert await desk.waiting() == {ticket: "nobody_available"}
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(ticket) == ["ann"]
    assert await desk.waiting() == {}
    assert await desk.decisions(ticket) == [
        ("arrival", "waiting", "nobody_available"),
        ("queue", "assigned", "chosen"),
    ]


async def test_k9_priority_comes_before_arrival(desk: Shop) -> None:
    await desk.member("ann", "away", capacity={"total": 2})
    await desk.route("ann")
    [first] = await desk.arrive(ago=minutes(3))
    [second] = await desk.arrive(ago=minutes(2))
    [urgent] = await desk.arrive(priority="urgent")
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(first, second, urgent) == ["ann", None, "ann"]


async def test_k9_a_priority_that_is_raised_moves_it_up(desk: Shop) -> None:
    await desk.member("ann", "away", capacity={"total": 1})
    await desk.route("ann")
    [first], [second] = await desk.arrive(ago=minutes(3)), await desk.arrive(ago=minutes(2))
    async with desk.db.transaction(desk.account) as tx:
        await tickets.change(tx, second, TicketChange(priority="high"), None)
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(first, second) == [None, "ann"]


async def test_k9_never_beyond_a_capacity(desk: Shop) -> None:
    await desk.member("ann", "away", capacity={"total": 2})
    await desk.route("ann")
    all_ = await desk.arrive(5)
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(*all_) == ["ann", "ann", None, None, None]
    assert set((await desk.waiting()).values()) == {"all_full"}


async def test_k9_an_answer_frees_room_for_the_next(desk: Shop) -> None:
    await desk.member("ann", capacity={"total": 1})
    await desk.route("ann")
    first, second = await desk.arrive(2)
    await desk.answer(first)
    await desk.look()
    assert await desk.whose(first, second) == ["ann", "ann"]


async def test_k9_without_a_capacity_never_beyond_three_not_yet_opened(desk: Shop) -> None:
    await desk.member("ann", "away")
    await desk.route("ann")
    all_ = await desk.arrive(5)
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(*all_) == ["ann", "ann", "ann", None, None]
    await desk.open("ann", all_[0])
    await desk.look()
    assert await desk.whose(*all_) == ["ann", "ann", "ann", "ann", None]


async def test_k9_switched_off_nothing_is_ever_given_out(desk: Shop) -> None:
    await desk.member("ann", "away")
    await desk.route("ann", give_out_waiting=False)
    [ticket] = await desk.arrive()
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(ticket) == [None]
    assert await desk.decisions(ticket) == [("arrival", "unassigned", "nobody_available")]


async def test_k9_switched_off_later_what_waits_is_left_unassigned(desk: Shop) -> None:
    await desk.member("ann", "away")
    await desk.route("ann")
    [ticket] = await desk.arrive()
    await desk.route("ann", give_out_waiting=False)
    await desk.set("ann", "available")
    await desk.look()
    assert (await desk.whose(ticket), await desk.waiting()) == ([None], {})


async def test_k16_what_waits_on_a_channel_that_is_deleted_is_left_unassigned(desk: Shop) -> None:
    await desk.member("ann", "away")
    await desk.route("ann")
    [ticket] = await desk.arrive()
    async with desk.db.transaction(desk.account) as tx:
        name = await tx.value("select name from channels")
        await inboxes.delete(tx, desk.channel, name, actor=None)
    await desk.set("ann", "available")
    await desk.look()
    assert (await desk.whose(ticket), await desk.waiting()) == ([None], {})
    assert (await desk.decisions(ticket))[-1] == ("queue", "unassigned", "no_longer_given_out")


async def test_what_somebody_took_or_closed_waits_no_longer(desk: Shop) -> None:
    bo = await desk.member("bo")
    await desk.member("ann", "away")
    await desk.route("ann")
    taken, closed, spam = await desk.arrive(3)
    await desk.run("update tickets set assignee_id = %s where id = %s", (bo, taken))
    await desk.close(closed)
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(taken, closed, spam) == ["bo", None, "ann"]


async def test_one_group_that_is_stuck_does_not_hold_up_the_others(desk: Shop) -> None:
    finnish = await desk.skill("Finnish")
    await desk.member("ann", "away")
    rule = requiring(finnish, when={"field": "message.subject", "operator": "is", "value": "fi"})
    await desk.route("ann", rules=[rule])
    stuck = await desk.arrive(3, ago=minutes(5), facts={"message.subject": "fi"})
    [other] = await desk.arrive()
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(*stuck, other) == [None, None, None, "ann"]
    assert list((await desk.waiting()).values()) == ["nobody_with_skills"] * 3


async def test_a_skill_that_is_learned_lets_it_go(desk: Shop) -> None:
    finnish = await desk.skill("Finnish")
    ann = await desk.member("ann")
    await desk.route("ann", rules=[requiring(finnish)])
    [ticket] = await desk.arrive()
    await desk.run(
        "insert into member_skills (account_id, member_id, skill_id, level) values (%s, %s, %s, 'main')",
        (desk.account, ann, finnish),
    )
    await desk.look()
    assert await desk.whose(ticket) == ["ann"]


async def test_after_a_while_the_first_skill_is_enough(desk: Shop) -> None:
    finnish, lamps = await desk.skill("Finnish"), await desk.skill("Lamps")
    await desk.member("ann", skills=[finnish])
    await desk.route("ann", rules=[requiring(finnish, lamps, fewer_skills_after=10)])
    [ticket] = await desk.arrive()
    await desk.look()
    assert await desk.whose(ticket) == [None]
    await desk.run("update queue set fewer_skills_at = %s", (ago(1),))
    await desk.look()
    assert await desk.whose(ticket) == ["ann"]


async def test_a_new_reason_is_a_new_decision_and_the_same_is_none(desk: Shop) -> None:
    await desk.member("ann", "away", capacity={"total": 0})
    await desk.route("ann")
    tickets_ = await desk.arrive(3)
    await desk.look()
    await desk.look()
    assert len(await desk.decisions(tickets_[0])) == 1
    await desk.set("ann", "available")
    await desk.look()
    await desk.look()
    for ticket in tickets_:
        assert await desk.decisions(ticket) == [
            ("arrival", "waiting", "nobody_available"),
            ("queue", "waiting", "all_full"),
        ]


async def test_what_waits_too_long_is_told_once(desk: Shop) -> None:
    await desk.member("ann", "away")
    await desk.route("ann", waiting_too_long_minutes=30)
    [ticket] = await desk.arrive()
    await desk.look()
    assert await desk.events("ticket.waited_too_long") == []
    await desk.run("update queue set too_long_at = %s", (ago(1),))
    await desk.look()
    await desk.look()
    assert [event["ticket_id"] for event in await desk.events("ticket.waited_too_long")] == [ticket]


async def owner_is_away(desk: Shop, *, fallback: bool = False) -> UUID:
    """Ann, whose contact writes, is out for an hour; Bo is there."""
    ann, bo = await desk.member("ann"), await desk.member("bo")
    await People(desk.db, desk.account).out(ann, -1, 60)
    await People(desk.db, desk.account).refresh(ann)
    behind = Targets(users=[bo]) if fallback else Targets()
    await desk.route(assign="contact_owner", to=Targets(), fallback=behind)
    [ticket] = await desk.arrive(owner=ann)
    await desk.look()
    assert await desk.waiting() == {ticket: "owner_away"}
    return ticket


async def test_k6_the_owner_who_is_back_gets_it(desk: Shop) -> None:
    ticket = await owner_is_away(desk)
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(ticket) == ["ann"]


@pytest.mark.parametrize("fallback", [True, False])
async def test_k6_waited_for_in_vain_it_goes_to_the_fallback_or_to_whoever_can_have_it(
    desk: Shop, fallback: bool
) -> None:
    ticket = await owner_is_away(desk, fallback=fallback)
    await desk.run("update queue set owner_until = %s", (ago(1),))
    await desk.look()
    assert await desk.whose(ticket) == ["bo"]


async def test_k6_a_deactivated_owner_is_not_waited_for(desk: Shop) -> None:
    ticket = await owner_is_away(desk)
    await desk.run("update members set deactivated_at = now() where id = %s", (desk.people["ann"],))
    await desk.look()
    assert await desk.whose(ticket) == ["bo"]


async def test_k6_waited_for_in_vain_it_waits_on_for_the_others(desk: Shop) -> None:
    ticket = await owner_is_away(desk)
    await desk.set("bo", "away")
    await desk.run("update queue set owner_until = %s", (ago(1),))
    await desk.look()
    assert await desk.waiting() == {ticket: "nobody_available"}
    await desk.set("bo", "available")
    await desk.look()
    assert await desk.whose(ticket) == ["bo"]


async def test_two_runners_at_once_give_nothing_out_twice(desk: Shop) -> None:
    for name in ("ann", "bo", "cia"):
        await desk.member(name, "away", capacity={"total": 15})
    await desk.route("ann", "bo", "cia")
    await desk.arrive(60)
    for name in desk.people:
        await desk.set(name, "available")
    await asyncio.gather(*(Queue(desk.db).run_once(desk.account) for _ in range(4)))
    given = list((await desk.given()).values())
    assert [given.count(name) for name in ("ann", "bo", "cia", None)] == [15, 15, 15, 15]
    [counted] = await desk.rows("select count(*) as n from routing_decisions where outcome = 'assigned'")
    assert counted["n"] == 45
    assert len(await desk.events("ticket.assigned")) == 45


async def test_a_ticket_that_somebody_is_changing_holds_nobody_up(desk: Shop) -> None:
    """Whoever takes a message in holds its ticket and waits for the routing lock."""
    await desk.member("ann", "away", capacity={"total": 5})
    await desk.route("ann")
    held, free = await desk.arrive(2)
    await desk.set("ann", "available")
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("select from tickets where id = %s for update", (held,))
        async with asyncio.timeout(30):
            await desk.look()
        assert await desk.whose(held, free) == [None, "ann"]
    await desk.look()
    assert await desk.whose(held, free) == ["ann", "ann"]


async def test_each_that_waits_is_read_once_however_many_come_back_at_once(desk: Shop) -> None:
    ann = await desk.member("ann", "away")
    await desk.route("ann")
    await desk.arrive(300)
    await desk.run("update tickets set assignee_id = %s", (ann,))
    with psycopg.connect(desk.db.url, autocommit=True) as admin:
        admin.execute("vacuum analyze tickets")
    await desk.run("update tickets set assignee_id = null")
    async with desk.db.transaction(desk.account) as tx:
        heads = await rows.heads(tx, clock.now())
        read = "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'tickets'"
        before = await tx.value(read)
        assert len(await rows.next_of(tx, heads, clock.now(), 200)) == 200
        assert await tx.value(read) - before < 3_000
