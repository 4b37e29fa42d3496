"""A ticket rests until a time, by hand, or until the customer writes (WS-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kanal.kit import clock
from kanal.kit.db import Database
from kanal.tickets import actions
from kanal.tickets.errors import Unfit
from kanal.tickets.jobs import sleepers
from tests.make.merging import Office, office
from tests.make.queueing import shop


async def is_due(desk: Office) -> None:
    """Let the time pass until which everything rests."""
    await desk.run("update tickets set snoozed_until = %s where snoozed_until is not null", clock.now())


async def test_ws_10_it_is_open_and_asks_for_no_work(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.snooze(ticket)
    row = await desk.ticket(ticket)
    assert (row["is_open"], row["is_active"], row["listed"]) == (True, False, True)


async def test_ws_10_it_wakes_at_its_time_and_tells_whoever_snoozed_it(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.snooze(ticket)
    await is_due(desk)
    assert await sleepers(db).run_once()
    assert (await desk.ticket(ticket))["is_active"]
    [told] = await desk.told("ticket.woke")
    assert (told["ticket_id"], told["data"]) == (ticket, {"why": "time", "member_id": str(desk.ann)})


async def test_what_was_put_off_meanwhile_sleeps_on(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.snooze(ticket)
    async with db.transaction(desk.account) as tx:
        assert await actions.wake(tx, [ticket], None, why="time") == []
    assert await desk.told("ticket.woke") == []


async def test_ws_10_the_customers_word_wakes_it_and_a_machines_does_not(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    token = await desk.token(ticket)
    await desk.snooze(ticket)
    await desk.wrote("Away until Monday", token=token, automatic="auto_reply")
    assert (await desk.ticket(ticket))["snoozed_until"] is not None
    await desk.wrote("It burns now", token=token)
    assert (await desk.ticket(ticket))["snoozed_until"] is None
    [told] = await desk.told("ticket.woke")
    assert told["data"]["why"] == "customer"


async def test_an_answer_of_ours_lets_it_sleep_and_closing_ends_it(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.snooze(ticket)
    await desk.answered(ticket)
    assert (await desk.ticket(ticket))["snoozed_until"] is not None
    await desk.change(ticket, status_key="closed")
    assert (await desk.ticket(ticket))["snoozed_until"] is None


async def test_it_counts_against_nobodys_capacity(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    await desk.change(ticket, assignee_id=desk.ann)
    now = "select ticket_id from work_spans where to_at is null"
    assert len(await desk.rows(now)) == 1
    await desk.snooze(ticket)
    assert await desk.rows(now) == []
    async with db.transaction(desk.account) as tx:
        await actions.wake(tx, [ticket], desk.ann)
    assert len(await desk.rows(now)) == 1


async def test_it_keeps_its_place_in_the_queue_and_is_not_given_out(db: Database) -> None:
    desk = await shop(db)
    await desk.member("ann", "away")
    await desk.route("ann", only_available=True)
    first, second = await desk.arrive(2)
    async with db.transaction(desk.account) as tx:
        await actions.snooze(tx, [first], clock.now() + timedelta(hours=1), None)
    await desk.set("ann", "available")
    await desk.look()
    assert await desk.whose(first, second) == [None, "ann"]
    assert list(await desk.waiting()) == [first]
    async with db.transaction(desk.account) as tx:
        await actions.wake(tx, [first], None)
    await desk.look()
    assert await desk.whose(first) == ["ann"]


async def test_a_time_that_is_over_and_a_closed_ticket_are_refused(db: Database) -> None:
    desk = await office(db)
    ticket = await desk.wrote()
    with pytest.raises(Unfit) as refused:
        await desk.snooze(ticket, hours=-1)
    assert refused.value.field == "until"
    await desk.change(ticket, status_key="closed")
    with pytest.raises(Unfit, match="not open"):
        await desk.snooze(ticket)
