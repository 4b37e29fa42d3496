"""What somebody has is handed over to a colleague or to the queue, and taken back as far as nobody touched it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kanal.kit import clock
from kanal.kit.db import Database, NotFound
from kanal.kit.ids import new_id
from kanal.people import actions as people
from kanal.routing import hand_over
from kanal.routing.errors import InvalidHandOver
from kanal.tickets import actions as tickets
from kanal.tickets.models import NewTicket, TicketChange
from tests.make.availability import People
from tests.make.queueing import Shop, minutes, shop


@pytest.fixture
async def desk(db: Database) -> Shop:
    """Ann has three tickets; Bo is away."""
    desk = await shop(db)
    await desk.member("ann")
    await desk.member("bo", "away")
    await desk.route("ann", "bo")
    return desk


async def make(desk: Shop, **how: Any) -> UUID:
    asked: dict[str, Any] = {
        "from_member": desk.people["ann"],
        "why": "ill",
        "tickets": None,
        "to": None,
        "actor": None,
    }
    async with desk.db.transaction(desk.account) as tx:
        return await hand_over.make(tx, **(asked | how))


async def undo(desk: Shop, over: UUID) -> hand_over.Undone:
    async with desk.db.transaction(desk.account) as tx:
        return await hand_over.undo(tx, over, None)


async def test_all_she_has_returns_to_its_place_in_the_queue(desk: Shop) -> None:
    old, new = (await desk.arrive(ago=minutes(9)))[0], (await desk.arrive())[0]
    await make(desk)
    assert await desk.whose(old, new) == [None, None]
    assert await desk.waiting() == {old: "handed_over", new: "handed_over"}
    rows = await desk.rows(
        "select q.was_member_id, q.arrived_at = t.created_at as kept from queue q join tickets t on t.id = q.ticket_id"
    )
    assert [(row["was_member_id"], row["kept"]) for row in rows] == [(desk.people["ann"], True)] * 2
    assert (await desk.decisions(old))[-1] == ("hand_over", "waiting", "handed_over")


async def test_who_is_ill_is_away_and_is_not_given_them_back(desk: Shop) -> None:
    [ticket] = await desk.arrive()
    await make(desk)
    assert (await People(desk.db, desk.account).standing(desk.people["ann"])).state == "away"
    await desk.look()
    assert await desk.waiting() == {ticket: "nobody_available"}
    await desk.set("bo", "available")
    await desk.look()
    assert await desk.whose(ticket) == ["bo"]


async def test_a_colleague_gets_those_that_were_named(desk: Shop) -> None:
    first, second = await desk.arrive(2)
    await make(desk, tickets=[first], to=desk.people["bo"], why="other")
    assert await desk.whose(first, second) == ["bo", "ann"]
    assert (await desk.decisions(first))[-1] == ("hand_over", "assigned", "handed_over")
    [event] = await desk.events("hand_over.made")
    assert event["data"]["tickets"] == 1


async def test_what_is_no_longer_hers_is_passed_over(desk: Shop) -> None:
    closed, others, hers = await desk.arrive(3)
    await desk.close(closed)
    async with desk.db.transaction(desk.account) as tx:
        await tickets.change(tx, others, TicketChange(assignee_id=desk.people["bo"]), None)
    await make(desk, tickets=[closed, others, hers, new_id()])
    assert await desk.whose(closed, others, hers) == ["ann", "bo", None]


async def test_a_channel_that_gives_nothing_out_leaves_them_unassigned(desk: Shop) -> None:
    [ticket] = await desk.arrive()
    await desk.route("ann", "bo", give_out_waiting=False)
    await make(desk)
    assert (await desk.whose(ticket), await desk.waiting()) == ([None], {})


@pytest.mark.parametrize("to", [None, "bo"])
async def test_a_ticket_of_no_channel_is_unassigned_or_given_on(desk: Shop, to: str | None) -> None:
    async with desk.db.transaction(desk.account) as tx:
        ref = await tickets.create(tx, NewTicket(subject="By hand", source="hand", at=clock.now()))
        await tickets.change(tx, ref.id, TicketChange(assignee_id=desk.people["ann"]), None)
    await make(desk, to=to and desk.people[to])
    assert (await desk.whose(ref.id), await desk.waiting()) == ([to], {})


async def test_undone_all_is_as_it_was(desk: Shop) -> None:
    first, second = await desk.arrive(2)
    over = await make(desk)
    undone = await undo(desk, over)
    assert set(undone.restored) == {first, second}
    assert undone.left == []
    assert (await desk.whose(first, second), await desk.waiting()) == (["ann", "ann"], {})
    assert (await desk.decisions(first))[-1] == ("undo", "assigned", "handed_back")
    assert (await People(desk.db, desk.account).standing(desk.people["ann"])).state == "available"


async def test_undoing_does_not_call_back_who_was_away_before(desk: Shop) -> None:
    await desk.set("ann", "away")
    await undo(desk, await make(desk))
    assert (await People(desk.db, desk.account).standing(desk.people["ann"])).state == "away"


async def test_undoing_leaves_what_somebody_has_touched(desk: Shop) -> None:
    given, closed, answered, free = await desk.arrive(4)
    over = await make(desk, to=desk.people["bo"])
    async with desk.db.transaction(desk.account) as tx:
        await tickets.change(tx, given, TicketChange(assignee_id=None), None)
    await desk.close(closed)
    await _message_out(desk, answered)
    undone = await undo(desk, over)
    assert undone.restored == [free]
    assert {each.ticket_id: each.why for each in undone.left} == {
        given: "given_on",
        closed: "closed",
        answered: "answered",
    }
    assert await desk.whose(given, closed, answered, free) == [None, "bo", "bo", "ann"]


async def test_it_is_undone_once(desk: Shop) -> None:
    over = await make(desk)
    await undo(desk, over)
    with pytest.raises(InvalidHandOver):
        await undo(desk, over)


async def test_who_was_deactivated_gets_nothing_back(desk: Shop) -> None:
    [ticket] = await desk.arrive()
    await desk.member("chief", role="super_admin")
    async with desk.db.transaction(desk.account) as tx:
        await people.deactivate(tx, desk.people["ann"], actor=None)
    over = await make(desk, why="deactivated")
    assert await desk.whose(ticket) == [None]
    with pytest.raises(InvalidHandOver):
        await undo(desk, over)


async def test_only_somebody_who_can_have_and_see_them_gets_them(desk: Shop) -> None:
    await desk.arrive()
    viewer = await desk.member("vi", role="viewer", has_seat=False)
    for to in (viewer, desk.people["ann"], new_id()):
        with pytest.raises(InvalidHandOver) as refused:
            await make(desk, to=to)
        assert refused.value.field == "to"
    await desk.run("update channels set open_to = 'teams'")
    with pytest.raises(InvalidHandOver):
        await make(desk, to=desk.people["bo"])


async def test_nobody_has_nothing(desk: Shop) -> None:
    with pytest.raises(NotFound):
        await make(desk, from_member=new_id())


async def _message_out(desk: Shop, ticket: UUID) -> None:
    await desk.run(
        """
        with said_in as (
          insert into conversations (account_id, id, inbox_id, channel_id, ticket_id, subject, subject_key, created_at,
                                     last_message_at)
          select c.account_id, gen_random_uuid(), c.inbox_id, c.id, %s, '', '', now(), now() from channels c
          returning account_id, id, channel_id
        )
        insert into messages (account_id, id, conversation_id, channel_id, direction, space, from_key, from_address,
                              from_name, subject, body_text, created_at)
        select account_id, gen_random_uuid(), id, channel_id, 'out', 'email', '', '', '', '', '', now() from said_in
        """,
        (ticket,),
    )
