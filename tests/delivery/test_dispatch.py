"""Answers leave by a real mail server, once, in order, and say what became of them."""

from __future__ import annotations

import asyncio

from kanal.channelkit.contract import Channel, HandedOver
from kanal.channelkit.errors import RetryLater
from kanal.channelkit.messages import Outbound, Sent
from kanal.delivery import rules, waking
from kanal.kinds.email.kind import EmailKind
from kanal.kit import clock
from tests.make import channels
from tests.make.desk import Desk
from tests.make.said import hear, said
from tests.make.smtp import HeldServer, held_server, words


async def test_a_reply_is_taken_by_the_mail_server_and_says_so(desk: Desk, server: HeldServer) -> None:
    async with desk.sending():
        queued = await desk.reply("Hello Eva")
        await desk.becomes(queued.message_id, "sent")
    (mail,) = server.taken
    assert (mail["To"], mail["In-Reply-To"]) == ("Eva Ek <eva@kund.example>", "<first-a@kund.example>")
    assert mail["Subject"] == "Re: Lamp"
    row = await desk.row("select m.external_id, d.said from messages m join deliveries d on d.message_id = m.id")
    assert [row["external_id"]] == server.message_ids
    assert "ABC123" in row["said"]
    assert await desk.row("select last_out_at is not null as known from channels") == {"known": True}


async def test_the_states_are_told_as_events_without_words_or_addresses(desk: Desk) -> None:
    async with desk.sending():
        queued = await desk.reply("Hello Eva")
        await desk.becomes(queued.message_id, "sent")
    told = await desk.rows("select name, data from events where name = 'delivery.changed' order by seq")
    assert [each["data"]["state"] for each in told] == ["queued", "sending", "sent"]
    assert set(told[0]["data"]) == {"state", "delivery_id", "message_id", "author_id"}


async def test_a_server_that_says_later_is_tried_again_and_the_reason_is_shown(desk: Desk, server: HeldServer) -> None:
    server.to_data = "451 4.7.1 greylisted"
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "queued", with_reason=True)
        assert "greylisted" in str(shown.reason)
        assert shown.not_before
        assert 20 < (shown.not_before - clock.now()).total_seconds() < 40
        server.to_data = "250 ok"
        await desk.make_due()
        await desk.becomes(queued.message_id, "sent")
    assert len(server.taken) == 1


async def test_a_server_that_says_never_fails_the_reply_and_marks_the_ticket(desk: Desk, server: HeldServer) -> None:
    server.to_data = "554 5.7.1 no spam please"
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "failed")
    assert "no spam please" in str(shown.reason)
    assert await desk.row("select has_failed_reply from tickets") == {"has_failed_reply": True}


async def test_without_a_way_out_the_reply_stays_queued_and_leaves_once_there_is_one(
    desk: Desk, server: HeldServer
) -> None:
    desk.kinds["email"] = channels.email_kind()
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "queued", with_reason=True)
        assert shown.reason == "outgoing mail is not set up"
        assert (await desk.row("select health from channels"))["health"] == "attention"
        await desk.change_channel(settings={"smtp": {"host": "127.0.0.1", "port": server.port, "security": "none"}})
        async with desk.db.transaction(desk.account) as tx:
            await waking.wake_channel(tx, desk.channel)
        await desk.becomes(queued.message_id, "sent")
        assert (await desk.row("select health from channels"))["health"] != "attention"


async def test_k16_a_channel_that_is_off_sends_nothing(desk: Desk, server: HeldServer) -> None:
    await desk.change_channel(active=False)
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "queued", with_reason=True)
    assert shown.reason == rules.SWITCHED_OFF
    assert not server.taken


async def test_two_dispatchers_send_each_reply_once(desk: Desk, server: HeldServer) -> None:
    sent = [await desk.reply(str(number)) for number in range(12)]
    async with desk.sending(), desk.sending():
        for each in sent:
            await desk.becomes(each.message_id, "sent")
    assert len(server.taken) == len(set(server.message_ids)) == 12


async def test_replies_of_a_conversation_leave_in_the_order_in_which_they_were_written(
    desk: Desk, server: HeldServer
) -> None:
    server.to_data = "451 later"
    async with desk.sending():
        first = await desk.reply("first")
        await desk.becomes(first.message_id, "queued", with_reason=True)
        server.to_data = "250 ok"
        second = await desk.reply("second")
        await desk.becomes(second.message_id, "sent")
        await desk.becomes(first.message_id, "sent")
    assert [words(mail).split()[0] for mail in server.taken] == ["first", "second"]


async def test_recipients_that_the_server_refuses_are_kept_while_others_get_it(desk: Desk, server: HeldServer) -> None:
    server.to_recipient = {"gone@kund.example": "550 5.1.1 no such user"}
    async with desk.sending():
        queued = await desk.reply(cc=["gone@kund.example"])
        shown = await desk.becomes(queued.message_id, "sent")
    assert "gone@kund.example" in str(shown.reason)
    assert len(server.taken) == 1


class Broken(EmailKind):
    async def send(self, out: Outbound, channel: Channel, handed_over: HandedOver) -> Sent:
        raise ZeroDivisionError


async def test_a_broken_kind_stops_no_other_reply(desk: Desk, server: HeldServer) -> None:
    working = desk.kinds["email"]
    desk.kinds["email"] = Broken(mail_domain=channels.MAIL_DOMAIN, listen=("127.0.0.1", 0))
    async with desk.sending():
        queued = await desk.reply()
        shown = await desk.becomes(queued.message_id, "queued", with_reason=True)
        assert shown.reason == "Sending failed (ZeroDivisionError)."
        desk.kinds["email"] = working
        await desk.make_due()
        await desk.becomes(queued.message_id, "sent")


async def test_a_reply_that_may_be_taken_back_waits_eight_seconds(desk: Desk, server: HeldServer) -> None:
    async with desk.sending():
        queued = await desk.reply(undoable=True)
        await asyncio.sleep(0.3)
        shown = await desk.delivery(queued.message_id)
    assert (shown.state, shown.can_cancel, server.taken) == ("queued", True, [])
    assert shown.not_before
    assert 5 < (shown.not_before - clock.now()).total_seconds() <= 8


def test_after_three_days_it_is_given_up() -> None:
    now = clock.now()
    waits = [rules.wait(tries, 0.5) for tries in range(1, 30)]
    assert 72 < sum(each.total_seconds() for each in waits if each) / 3600 < 80
    over = rules.not_taken(RetryLater("no"), handed_over=False, tries=len(rules.BACK_OFF) + 1, now=now, chance=0.5)
    assert (over.to, over.reason) == ("failed", f"no Given up after {len(rules.BACK_OFF) + 1} tries.")


async def test_a_mail_server_that_does_not_answer_holds_up_no_other_channel(desk: Desk, server: HeldServer) -> None:
    async with held_server() as stuck:
        stuck.holds = "recipient"
        await desk.change_channel(settings={"smtp": {"host": "127.0.0.1", "port": stuck.port, "security": "none"}})
        for fate in await desk.hear(*(said(str(number), f"c{number}@kund.example") for number in range(25))):
            await desk.reply(ticket_id=fate.ticket_id)
        other = await channels.email_channel(desk.db, desk.account, "sales@a.example", name="Sales")
        (fate,) = await hear(desk.db, desk.account, other, said())
        async with desk.sending():
            async with asyncio.timeout(30):
                await stuck.reached.wait()
            queued = await desk.reply(ticket_id=fate.ticket_id)
            await desk.becomes(queued.message_id, "sent")
            under_way = await desk.row("select count(*) from deliveries where state = 'sending'")
    assert under_way == {"count": 5}
