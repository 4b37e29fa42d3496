"""What is to leave later: at its time, moved, sent at once, and held back when the customer writes before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from kanal.delivery import actions, queries, scheduling
from kanal.delivery.errors import InvalidReply, NotScheduled
from kanal.delivery.models import Queued
from kanal.kit import clock
from kanal.kit.db import Transaction
from tests.make.desk import Desk
from tests.make.meanwhile import meanwhile
from tests.make.said import said
from tests.make.smtp import HeldServer

LATER = timedelta(hours=3)


async def _later(desk: Desk, **asked: Any) -> Queued:
    return await desk.reply("later", send_at=clock.now() + LATER, **asked)


async def _move(desk: Desk, queued: Queued, send_at: datetime | None) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await scheduling.move(tx, queued.message_id, send_at, desk.agent)


async def _comes(desk: Desk) -> None:
    """The time for which it was meant."""
    async with desk.db.transaction(desk.account) as tx:
        await tx.run("update deliveries set send_at = created_at, next_try_at = created_at where send_at is not null")
        tx.wake("deliver")


async def test_it_waits_for_its_time_and_blocks_nobody_behind_it(desk: Desk, server: HeldServer) -> None:
    later = await _later(desk)
    async with desk.sending():
        now = await desk.reply("now")
        await desk.becomes(now.message_id, "sent")
        shown = await desk.delivery(later.message_id)
        assert (shown.state, shown.can_cancel, shown.held) == ("queued", True, False)
        assert shown.send_at == shown.not_before
        await _comes(desk)
        await desk.becomes(later.message_id, "sent")
    assert len(server.mails) == 2


async def test_it_is_dated_and_stands_where_it_leaves(desk: Desk, server: HeldServer) -> None:
    later = await _later(desk)
    before = (await desk.row("select created_at from messages where direction = 'out'"))["created_at"]
    async with desk.sending():
        await _comes(desk)
        await desk.becomes(later.message_id, "sent")
    after = (await desk.row("select created_at from messages where direction = 'out'"))["created_at"]
    assert after > before
    assert abs(server.taken[0]["Date"].datetime - after) < timedelta(seconds=2)


async def test_it_can_be_moved_sent_at_once_and_taken_back(desk: Desk, server: HeldServer) -> None:
    moved, back = await _later(desk), await _later(desk)
    at = clock.now() + 2 * LATER
    await _move(desk, moved, at)
    assert (await desk.delivery(moved.message_id)).send_at == at
    await desk.cancel(back.message_id)
    async with desk.sending():
        await _move(desk, moved, None)
        await desk.becomes(moved.message_id, "sent")
    assert len(server.mails) == 1


@pytest.mark.parametrize("ahead", [timedelta(seconds=-1), timedelta(days=400)])
async def test_a_time_that_is_past_or_too_far_is_refused(desk: Desk, ahead: timedelta) -> None:
    with pytest.raises(InvalidReply) as refused:
        await desk.reply(send_at=clock.now() + ahead)
    assert refused.value.field == "send_at"


async def test_what_waits_for_no_time_cannot_be_moved(desk: Desk) -> None:
    with pytest.raises(NotScheduled):
        await _move(desk, await desk.reply(), clock.now() + LATER)


async def test_it_is_held_back_when_the_customer_writes_meanwhile(desk: Desk, server: HeldServer) -> None:
    later = await _later(desk)
    await desk.hear(said("It works again!", in_reply_to="first-a@kund.example"))
    shown = await desk.delivery(later.message_id)
    assert (shown.state, shown.held, shown.can_retry, shown.can_cancel) == ("queued", True, True, True)
    assert (await desk.row("select has_failed_reply from tickets"))["has_failed_reply"]
    async with desk.sending():
        now = await desk.reply("Good to hear")
        await desk.becomes(now.message_id, "sent")
    assert len(server.mails) == 1


async def _leaves(tx: Transaction, queued: Queued) -> None:
    """Another process begins to send it."""
    row = await queries.row(tx, queued.delivery_id)
    assert row is not None
    await actions.claim(tx, row, "another/1")


async def _hold(desk: Desk) -> None:
    async with desk.db.transaction(desk.account) as tx:
        await scheduling.hold(tx, [desk.ticket])


async def test_what_leaves_while_the_customer_writes_is_not_held_back(desk: Desk) -> None:
    later = await _later(desk)
    async with meanwhile(desk.db, desk.account, _hold(desk)) as first:
        await _leaves(first.tx, later)
    shown = await desk.delivery(later.message_id)
    assert (shown.state, shown.reason, shown.can_cancel) == ("sending", None, False)
    assert not (await desk.row("select has_failed_reply from tickets"))["has_failed_reply"]


@pytest.mark.parametrize("ahead", [2 * LATER, None])
async def test_what_leaves_at_this_moment_cannot_be_moved(desk: Desk, ahead: timedelta | None) -> None:
    later = await _later(desk)
    send_at = clock.now() + ahead if ahead else None
    with pytest.raises(NotScheduled):
        async with meanwhile(desk.db, desk.account, _move(desk, later, send_at)) as first:
            await _leaves(first.tx, later)
    assert (await desk.delivery(later.message_id)).state == "sending"


async def test_its_author_is_told_that_it_is_held_back(desk: Desk) -> None:
    later = await _later(desk)
    await desk.hear(said("It works again!", in_reply_to="first-a@kund.example"))
    told = await desk.rows("select data from events where name = 'delivery.changed' and data->>'held' = 'true'")
    assert [each["data"]["message_id"] for each in told] == [str(later.message_id)]
    assert told[0]["data"]["author_id"] == str(desk.agent)


async def test_what_was_held_back_leaves_when_somebody_says_so(desk: Desk, server: HeldServer) -> None:
    later = await _later(desk)
    await desk.hear(said("It works again!", in_reply_to="first-a@kund.example"))
    async with desk.sending():
        async with desk.db.transaction(desk.account) as tx:
            await actions.retry(tx, later.delivery_id, desk.agent)
        await desk.becomes(later.message_id, "sent")
    assert not (await desk.row("select has_failed_reply from tickets"))["has_failed_reply"]


async def test_a_machine_holds_nothing_back(desk: Desk) -> None:
    later = await _later(desk)
    await desk.hear(said("I am away", in_reply_to="first-a@kund.example", automatic="auto_reply"))
    assert not (await desk.delivery(later.message_id)).held
