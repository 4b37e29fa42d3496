"""What is on its way to a conversation that turns out to be spam."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from kanal.delivery import forwarding, invitations, prospect, read_receipts
from kanal.delivery.errors import NoWayOut
from kanal.delivery.models import Forward, Queued
from kanal.delivery.rules import MEANWHILE
from kanal.intake.spam import marking
from kanal.kit import clock
from kanal.kit.db import Transaction, document
from tests.delivery.test_courtesies import ASKED
from tests.make.desk import Desk


async def _mark(desk: Desk) -> None:
    conversation = (await desk.row("select id from conversations"))["id"]
    async with desk.db.transaction(desk.account) as tx:
        await marking.mark(tx, conversation, desk.agent)


async def test_what_was_to_leave_later_does_not_reach_a_spammer(desk: Desk) -> None:
    queued = await desk.reply("later", send_at=clock.now() + timedelta(hours=3))
    await _mark(desk)
    shown = await desk.delivery(queued.message_id)
    assert (shown.state, shown.reason) == ("queued", MEANWHILE)


async def _forward(tx: Transaction, desk: Desk, message: UUID) -> Queued:
    wanted = Forward(message_id=message, author_id=desk.agent, to=["supplier@lamps.example"])
    return await forwarding.forward(tx, desk.carriers, wanted)


async def _invitation(tx: Transaction, desk: Desk, message: UUID) -> Queued:
    return await invitations.answer(tx, desk.carriers, message, "accepted", "", author=desk.agent)


async def _receipt(tx: Transaction, desk: Desk, message: UUID) -> Queued:
    return await read_receipts.send(tx, desk.carriers, message, desk.agent)


@pytest.mark.parametrize("act", [_forward, _invitation, _receipt])
async def test_spam_is_not_handed_on_nor_told_that_somebody_read_it(
    desk: Desk, act: Callable[[Transaction, Desk, UUID], Awaitable[Queued]]
) -> None:
    async with desk.db.transaction(desk.account) as tx:
        asked = document(msgspec.to_builtins(ASKED))
        await tx.run("update messages set receipt_to = 'eva@kund.example', invitation = %s::jsonb", (asked,))
    message = (await desk.row("select id from messages"))["id"]
    await _mark(desk)
    with pytest.raises(NoWayOut) as refused:
        async with desk.db.transaction(desk.account) as tx:
            await act(tx, desk, message)
    assert refused.value.why == prospect.SPAM
    assert await desk.rows("select 1 from deliveries") == []
