"""A channel whose credentials are refused: what waits, what is said, and that it goes on by itself afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kanal.channelkit.desk import ChannelRef
from kanal.inboxes import actions as inboxes
from kanal.inboxes import health
from kanal.inboxes.health import WAY_OUT
from kanal.inboxes.models import ChannelChange
from kanal.inboxes.rules import TRYING, WAITING_FOR_PROOF
from kanal.kit.db import Database
from kanal.server.desk import BoundDesk
from tests.make import channels
from tests.make.desk import Desk
from tests.make.desk import desk as make_desk

WHY = "The server refuses the password. Type the new one."


@pytest.fixture
async def office(db: Database, tmp_path: Path) -> Desk:
    """A customer's ticket, and an agent to answer it."""
    return await make_desk(db, tmp_path, channels.email_kind())


@pytest.fixture
def desk(office: Desk) -> BoundDesk:
    return BoundDesk(office.db, office.storage, channels.KEYRING, channels.MAIL_DOMAIN)


@pytest.fixture
def ref(office: Desk) -> ChannelRef:
    return ChannelRef(account_id=office.account, channel_id=office.channel)


async def test_a_refused_password_turns_authorized_off_and_says_what_to_do(
    office: Desk, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.authorized(ref, False, WHY)
    row = await _channel(office)
    assert (row["authorized"], row["health"], row["health_why"]) == (False, "attention", WHY)
    assert await _events(office) == [{"authorized": False}]


async def test_without_words_of_its_own_it_still_says_what_to_do(
    office: Desk, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.authorized(ref, False)
    assert (await _channel(office))["health_why"] == health.REFUSED


async def test_everything_queued_waits_and_leaves_once_the_password_is_taken_again(
    office: Desk, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.authorized(ref, False, WHY)
    async with office.sending():
        queued = await office.reply()
        shown = await office.becomes(queued.message_id, "queued", with_reason=True)
        assert "authorization" in (shown.reason or "")
    await desk.authorized(ref, True)
    waiting = await office.delivery(queued.message_id)
    [delivery] = await office.rows("select next_try_at <= now() + interval '1 second' as due from deliveries")
    assert (waiting.state, delivery["due"]) == ("queued", True)
    assert await _events(office) == [{"authorized": False}, {"authorized": True}]


async def test_said_again_it_is_no_news_but_new_words_are_shown(office: Desk, desk: BoundDesk, ref: ChannelRef) -> None:
    for why in (WHY, WHY, "The account is locked."):
        await desk.authorized(ref, False, why)
    assert (await _channel(office))["health_why"] == "The account is locked."
    assert len(await _events(office)) == 1


async def test_typing_another_password_stays_an_outage_until_it_is_taken(
    office: Desk, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.authorized(ref, False, WHY)
    smtp = {"host": "mx.demo.example", "user": "u", "password": "new"}
    await office.change_channel(settings={"smtp": smtp})
    row = await _channel(office)
    assert (row["authorized"], row["health"], row["health_why"]) == (True, "attention", TRYING)
    await desk.authorized(ref, True)
    assert (await _channel(office))["health_why"] == WAITING_FOR_PROOF


async def test_a_runner_that_is_well_neither_hides_that_mail_cannot_leave_nor_that_it_waits_for_proof(
    office: Desk, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.health(ref, "attention", "The host does not answer.")
    await desk.health(ref, "ok")
    assert (await _channel(office))["health_why"] == WAITING_FOR_PROOF
    async with office.db.transaction(office.account) as tx:
        await health.say(tx, office.channel, "attention", WAY_OUT + "no server")
    await desk.health(ref, "ok")
    assert (await _channel(office))["health_why"] == WAY_OUT + "no server"


async def test_a_mailbox_that_can_be_read_lets_no_mail_leave_whose_password_was_refused(
    office: Desk, desk: BoundDesk, ref: ChannelRef
) -> None:
    async with office.db.transaction(office.account) as tx:
        await health.authorize(tx, office.channel, False, WAY_OUT + WHY)
    await desk.authorized(ref, True)
    row = await _channel(office)
    assert (row["authorized"], row["health_why"]) == (False, WAY_OUT + WHY)


async def test_whoever_reads_mailboxes_hears_of_every_change_of_a_channel(office: Desk) -> None:
    listener = await office.db.listener()
    kind, given = channels.email_kind(), {"keyring": channels.KEYRING, "mail_domain": channels.MAIL_DOMAIN}
    async with office.db.transaction(office.account) as tx:
        await inboxes.change(tx, office.channel, ChannelChange(active=False), kind, actor=None, **given)  # type: ignore[arg-type]
    async with office.db.transaction(office.account) as tx:
        await inboxes.delete(tx, office.channel, "Support", actor=None)
    heard = [note.payload async for note in listener.notifies(timeout=2, stop_after=2)]
    await listener.close()
    assert [health.CHANNELS in payload.split() for payload in heard] == [True, True]


async def test_a_deleted_channel_is_not_heard_of_any_more(office: Desk, desk: BoundDesk, ref: ChannelRef) -> None:
    async with office.db.transaction(office.account) as tx:
        await inboxes.delete(tx, office.channel, "Support", actor=None)
    await desk.authorized(ref, False, WHY)
    assert (await _channel(office))["authorized"] is True
    assert [channel.id for channel in await desk.channels("email")] == []


async def test_when_something_came_and_left_last_is_known(office: Desk) -> None:
    async with office.db.transaction(office.account) as tx:
        await health.heard(tx, office.channel)
        await health.sent(tx, office.channel)
    row = await _channel(office)
    assert row["last_in_at"] is not None
    assert row["last_out_at"] is not None


async def _channel(office: Desk) -> dict[str, Any]:
    return await office.row("select * from channels")


async def _events(office: Desk) -> list[dict[str, Any]]:
    return [
        row["data"]
        for row in await office.rows("select data from events where name = 'channel.authorized' order by seq")
    ]
