"""What is on its way to a conversation that turns out to be spam."""

from __future__ import annotations

from datetime import timedelta

from kanal.delivery.rules import MEANWHILE
from kanal.intake.spam import marking
from kanal.kit import clock
from tests.make.desk import Desk


async def test_what_was_to_leave_later_does_not_reach_a_spammer(desk: Desk) -> None:
    queued = await desk.reply("later", send_at=clock.now() + timedelta(hours=3))
    conversation = (await desk.row("select id from conversations"))["id"]
    async with desk.db.transaction(desk.account) as tx:
        await marking.mark(tx, conversation, desk.agent)
    shown = await desk.delivery(queued.message_id)
    assert (shown.state, shown.reason) == ("queued", MEANWHILE)
