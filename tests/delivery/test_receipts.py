"""Bounces and receipts find the attempt that they speak of, in whatever order they come, and never reopen a ticket."""

from __future__ import annotations

from typing import Any

from kanal.channelkit.messages import Receipt
from kanal.delivery import actions, receipts
from kanal.delivery.models import Queued
from kanal.delivery.receipts import Outcome
from kanal.tickets import actions as tickets
from kanal.tickets.models import TicketChange
from tests.make.desk import Desk
from tests.make.smtp import HeldServer


async def _sent(desk: Desk) -> Queued:
    async with desk.sending():
        queued = await desk.reply()
        await desk.becomes(queued.message_id, "sent")
    return queued


async def _apply(desk: Desk, **receipt: Any) -> Outcome:
    async with desk.db.transaction(desk.account) as tx:
        return await receipts.apply(tx, desk.channel, Receipt(**receipt))


async def test_a_bounce_finds_its_delivery_by_the_token_of_the_return_path(desk: Desk, server: HeldServer) -> None:
    queued = await _sent(desk)
    token = str(server.mails[0].mail_from).partition("+b")[2].partition("@")[0]
    outcome = await _apply(desk, state="bounced", reason="550 no such user", tokens=["no-token", token.upper()])
    assert outcome == Outcome(message_id=queued.message_id, ticket_id=desk.ticket)
    shown = await desk.delivery(queued.message_id)
    assert (shown.state, shown.reason, shown.can_retry) == ("bounced", "550 no such user", True)
    assert await desk.row("select has_failed_reply from tickets") == {"has_failed_reply": True}


async def test_a_bounce_finds_its_delivery_by_the_message_id(desk: Desk, server: HeldServer) -> None:
    queued = await _sent(desk)
    await _apply(desk, state="bounced", external_ids=server.message_ids)
    assert (await desk.delivery(queued.message_id)).state == "bounced"


async def test_a_bounced_reply_sent_again_is_a_new_attempt_with_the_same_id(desk: Desk, server: HeldServer) -> None:
    queued = await _sent(desk)
    await _apply(desk, state="bounced", external_ids=server.message_ids)
    async with desk.sending():
        async with desk.db.transaction(desk.account) as tx:
            await actions.retry(tx, queued.delivery_id, desk.agent)
        await desk.becomes(queued.message_id, "sent")
    assert len(server.message_ids) == 2
    assert len(set(server.message_ids)) == 1
    states = await desk.rows("select state from deliveries order by created_at")
    assert [each["state"] for each in states] == ["bounced", "sent"]


async def test_a_delay_is_no_failure(desk: Desk, server: HeldServer) -> None:
    queued = await _sent(desk)
    assert (await _apply(desk, state="delayed", external_ids=server.message_ids)).message_id == queued.message_id
    assert (await desk.delivery(queued.message_id)).state == "sent"


async def test_receipts_come_twice_and_out_of_order_without_harm(desk: Desk, server: HeldServer) -> None:
    await _sent(desk)
    for state in ("read", "delivered", "read"):
        await _apply(desk, state=state, external_ids=server.message_ids)
    assert (await desk.row("select state, receipts from deliveries")) == {
        "state": "sent",
        "receipts": ["read", "delivered"],
    }


async def test_a_receipt_settles_what_was_unknown(desk: Desk, server: HeldServer) -> None:
    server.hangs_up_at_data = True
    async with desk.sending():
        queued = await desk.reply()
        await desk.becomes(queued.message_id, "unknown")
    await _apply(desk, state="delivered", external_ids=server.message_ids)
    assert (await desk.delivery(queued.message_id)).state == "sent"


async def test_k10_a_bounce_does_not_reopen_a_closed_ticket(desk: Desk, server: HeldServer) -> None:
    await _sent(desk)
    async with desk.db.transaction(desk.account) as tx:
        await tickets.change(tx, desk.ticket, TicketChange(status_key="closed"), desk.agent)
    await _apply(desk, state="bounced", external_ids=server.message_ids)
    assert await desk.row("select is_open, has_failed_reply from tickets") == {
        "is_open": False,
        "has_failed_reply": True,
    }


async def test_what_fits_nothing_that_we_sent_says_so(desk: Desk) -> None:
    await _sent(desk)
    assert await _apply(desk, state="bounced", tokens=["x"], external_ids=["first-a@kund.example"]) == Outcome()
