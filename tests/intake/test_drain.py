"""From raw bytes at the door to tickets: nothing that was accepted is lost, whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.messages import Door
from kanal.delivery.models import Carriers
from kanal.inboxes import actions as inboxes
from kanal.inboxes.models import ChannelChange
from kanal.intake import receive
from kanal.intake.drain import Drain
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from tests.make import accounts, channels


class Office:
    """An account with a mailbox, and the drain that serves it."""

    def __init__(self, db: Database, storage: Storage, account: int, channel: UUID) -> None:
        self.db, self.storage, self.account, self.channel = db, storage, account, channel
        kinds: dict[str, Any] = {"email": channels.email_kind()}
        self.carriers = Carriers(kinds, channels.KEYRING, channels.MAIL_DOMAIN)
        self.drain = Drain(db, self.carriers, storage)

    async def take(self, *mails: bytes) -> None:
        ref = ChannelRef(self.account, self.channel)
        door = Door(mail_from="eva@kund.example", rcpt_to=["support@demo.example"])
        await receive.store(self.db, self.storage, [Arrival(channel=ref, body=mail, door=door) for mail in mails])

    async def work(self) -> None:
        while await self.drain.drain_once(self.account, self.channel):
            pass

    async def run_until(self, states: list[str]) -> None:
        """Let the drain run by itself, without a wake-up, until all is as it should be."""
        running = asyncio.create_task(self.drain.run())
        for _ in range(400):
            if await self.states() == states:
                break
            await asyncio.sleep(0.05)
        running.cancel()
        assert await self.states() == states

    async def rows(self, sql: Any) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql)

    async def states(self) -> list[str]:
        return [row["state"] for row in await self.rows("select state from raw_events order by received_at, id")]

    async def switch(self, active: bool) -> None:
        async with self.db.transaction(self.account) as tx:
            await inboxes.change(
                tx,
                self.channel,
                ChannelChange(active=active, make_tickets_of_held=active),
                self.carriers.kinds["email"],
                keyring=channels.KEYRING,
                mail_domain=channels.MAIL_DOMAIN,
                actor=None,
            )


@pytest.fixture
async def office(db: Database, tmp_path: Path) -> AsyncIterator[Office]:
    account = await accounts.account(db)
    office = Office(db, Storage(str(tmp_path)), account, await channels.email_channel(db, account))
    yield office
    office.drain.parser.close()


def mail(number: int, text: str = "Hello", sender: str = "eva@kund.example") -> bytes:
    return (
        f"From: Eva Ek <{sender}>\r\nTo: support@demo.example\r\nSubject: Lamp {number}\r\n"
        f"Message-ID: <{number}@kund.example>\r\nDate: Tue, 3 Mar 2026 09:12:00 +0100\r\n\r\n{text}\r\n"
    ).encode()


def _empty(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            file.unlink()


async def test_gen_3_every_mail_becomes_one_ticket(office: Office) -> None:
    await office.take(*(mail(number, sender=f"c{number % 7}@kund.example") for number in range(40)))
    await office.work()
    assert await office.states() == ["ticket"] * 40
    assert [r["number"] for r in await office.rows("select number from tickets order by number")] == list(range(1, 41))


async def test_the_same_bytes_again_are_the_same_delivery(office: Office) -> None:
    await office.take(mail(1))
    await office.take(mail(1))
    await office.work()
    assert await office.states() == ["ticket"]


async def test_a_large_mail_stands_in_storage_and_is_read_from_there(office: Office) -> None:
    await office.take(mail(1, "x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 5000))
    assert [
        row["stored"] for row in await office.rows("select body is null and blob is not null as stored from raw_events")
    ]
    await office.work()
    assert await office.states() == ["ticket"]


async def test_k16_what_arrives_while_the_channel_is_off_is_held_and_made_a_ticket_when_asked(office: Office) -> None:
    await office.switch(False)
    await office.take(mail(1))
    await office.work()
    assert await office.rows("select state, reason from raw_events") == [{"state": "held", "reason": "channel is off"}]
    assert await office.rows("select id from tickets") == []
    await office.switch(True)
    await office.work()
    assert await office.states() == ["ticket"]


async def test_one_message_that_cannot_be_stored_fails_alone_and_is_tried_again(office: Office) -> None:
    async with await psycopg.AsyncConnection.connect(office.db.url, autocommit=True) as owner:
        await owner.execute("alter table messages add constraint planted check (subject <> 'Lamp 2')")
        try:
            await office.take(mail(1), mail(2), mail(3))
            await office.work()
            assert await office.states() == ["ticket", "failed", "ticket"]
            (failed,) = await office.rows("select reason, next_try_at from raw_events where state = 'failed'")
            assert "CheckViolation" in failed["reason"]
            assert failed["next_try_at"] is not None
        finally:
            await owner.execute("alter table messages drop constraint planted")
        await owner.execute("update raw_events set next_try_at = received_at where state = 'failed'")
    await office.run_until(["ticket"] * 3)


async def test_bytes_that_storage_lost_are_told_and_stop_nobody_else(office: Office, tmp_path: Path) -> None:
    await office.take(mail(1, "z" * 300_000), mail(2))
    _empty(tmp_path)
    await office.work()
    assert sorted(await office.states()) == ["failed", "ticket"]


async def test_the_repair_query_finds_what_a_lost_wake_up_left(office: Office) -> None:
    await office.take(mail(1))
    await office.run_until(["ticket"])


async def test_two_drains_at_once_take_nothing_in_twice(office: Office) -> None:
    other = Drain(office.db, office.carriers, office.storage)
    await office.take(*(mail(number, sender=f"c{number}@kund.example") for number in range(60)))
    await asyncio.gather(office.work(), other.drain_once(office.account, office.channel))
    other.parser.close()
    assert len(await office.rows("select id from messages")) == 60
    assert len(await office.rows("select id from tickets")) == 60


async def test_one_mail_to_two_channels_is_a_ticket_in_each(office: Office) -> None:
    second = await channels.email_channel(office.db, office.account, "sales@demo.example", name="Sales")
    body, door = mail(1), Door(mail_from="eva@kund.example")
    refs = [ChannelRef(office.account, office.channel), ChannelRef(office.account, second)]
    await receive.store(office.db, office.storage, [Arrival(channel=ref, body=body, door=door) for ref in refs])
    await office.work()
    await office.drain.drain_once(office.account, second)
    assert len(await office.rows("select id from tickets")) == 2
    assert len(await office.rows("select distinct contact_id from tickets")) == 1


async def test_the_first_mail_turns_the_waiting_channel_green(office: Office) -> None:
    assert [row["health"] for row in await office.rows("select health from channels")] == ["waiting"]
    await office.take(mail(1))
    await office.work()
    (row,) = await office.rows("select health, first_received_at from channels")
    assert row["health"] == "ok"
    assert row["first_received_at"] is not None
