"""The ledger balances: whatever happens to a mailbox or to us, every message on the server is explained by one fate,
and none becomes two tickets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.ledger import Entry, Listed
from kanal.channelkit.messages import Door
from kanal.delivery.models import Carriers
from kanal.inboxes.ledger import listing, queries, wanting
from kanal.inboxes.ledger.models import Balance
from kanal.intake.drain import Drain
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.server.desk import BoundDesk
from tests.make import accounts, channels
from tests.make.desk_port import keys

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Mailbox:
    """A channel that is fetched, and what its server holds, by uid."""

    def __init__(self, db: Database, folder: Path, ref: ChannelRef) -> None:
        self.db, self.ref, self.validity, self.at = db, ref, 7, NOON
        storage = Storage(str(folder))
        self.desk = BoundDesk(db, storage, channels.KEYRING, channels.MAIL_DOMAIN)
        kinds: dict[str, Any] = {"email": channels.email_kind()}
        self.drain = Drain(db, Carriers(kinds, channels.KEYRING, channels.MAIL_DOMAIN), storage)
        self.server: dict[int, bytes] = {}

    async def sweep(self, *uids: int) -> None:
        """List what the server holds, or these alone."""
        self.at += timedelta(minutes=10)
        listed = [Listed(key=self._key(uid), size=len(self.server[uid]), at=NOON) for uid in uids or self.server]
        await self.desk.list_entries(self.ref, "INBOX", listed, self.at)
        if not uids:
            await self.desk.end_listing(self.ref, "INBOX", self.at)

    async def fetch(self, *, most: int = 100) -> None:
        wanted = await self.desk.wanted(self.ref, "INBOX", most)
        await self.desk.receive([self._arrival(key) for key in keys(wanted)])

    async def take_in(self) -> None:
        while await self.drain.drain_once(self.ref.account_id, self.ref.channel_id):
            pass

    async def balance(self) -> Balance:
        async with self.db.transaction(self.ref.account_id) as tx:
            [balance] = await queries.balance(tx, self.ref.channel_id)
        return balance

    async def counted(self) -> tuple[int, int]:
        balance = await self.balance()
        return balance.on_server, balance.explained

    async def tickets(self) -> int:
        async with self.db.transaction(self.ref.account_id) as tx:
            return int(await tx.value("select count(*) from tickets"))

    async def fates(self) -> list[tuple[str, str]]:
        async with self.db.transaction(self.ref.account_id) as tx:
            items = await listing.items(tx, self.ref.channel_id, state="all", folder=None, after=None, most=100)
        return sorted((item.key, item.state) for item in items)

    def _key(self, uid: int) -> str:
        return f"{self.validity}:{uid}"

    def _arrival(self, key: str) -> Arrival:
        body = self.server[int(key.split(":")[1])]
        return Arrival(channel=self.ref, body=body, door=Door(), entry=Entry(folder="INBOX", key=key))


@pytest.fixture
async def mailbox(db: Database, tmp_path: Path) -> AsyncIterator[Mailbox]:
    account = await accounts.account(db)
    ref = ChannelRef(account_id=account, channel_id=await channels.email_channel(db, account))
    mailbox = Mailbox(db, tmp_path, ref)
    mailbox.server = {uid: _mail(uid) for uid in range(1, 6)}
    yield mailbox
    mailbox.drain.parser.close()


async def test_it_balances_when_everything_is_taken_in(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    assert await mailbox.counted() == (5, 0)
    await mailbox.fetch()
    assert await mailbox.counted() == (5, 0), "what waits to be taken in is not explained yet"
    await mailbox.take_in()
    assert await mailbox.counted() == (5, 5)
    assert await mailbox.tickets() == 5


async def test_after_a_change_of_uidvalidity_all_is_explained_anew_and_no_ticket_doubled(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    await mailbox.fetch()
    await mailbox.take_in()
    mailbox.validity = 8
    await mailbox.sweep()
    assert await mailbox.counted() == (5, 0)
    await mailbox.fetch()
    await mailbox.take_in()
    assert await mailbox.counted() == (5, 5)
    assert await mailbox.tickets() == 5


async def test_a_server_that_changes_the_bytes_with_the_uidvalidity_makes_duplicates_and_no_tickets(
    mailbox: Mailbox,
) -> None:
    await mailbox.sweep()
    await mailbox.fetch()
    await mailbox.take_in()
    mailbox.validity = 8
    mailbox.server = {uid: b"X-Moved: yes\r\n" + body for uid, body in mailbox.server.items()}
    await mailbox.sweep()
    await mailbox.fetch()
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((5, 5), 5)
    assert await mailbox.fates() == [(f"8:{uid}", "duplicate") for uid in range(1, 6)]


async def test_a_crash_between_receiving_and_settling_loses_nothing(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    await mailbox.fetch(most=2)
    # The process dies here; the next one begins with a sweep.
    await mailbox.sweep()
    await mailbox.fetch()
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((5, 5), 5)


async def test_mail_that_came_and_went_during_an_outage_is_neither_missed_nor_waited_for(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    await mailbox.fetch()
    await mailbox.take_in()
    del mailbox.server[2]
    mailbox.server |= {uid: _mail(uid) for uid in range(6, 9)}
    await mailbox.sweep()
    assert await mailbox.counted() == (7, 4)
    await mailbox.fetch()
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((7, 7), 8)


async def test_what_another_program_took_away_before_it_was_fetched_is_wanted_no_more(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    mailbox.server = {1: mailbox.server[1]}
    await mailbox.sweep()
    await mailbox.fetch()
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((1, 1), 1)


async def test_what_was_skipped_and_what_failed_balances_after_a_replay(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    first, second = Entry(folder="INBOX", key="7:1"), Entry(folder="INBOX", key="7:2")
    await mailbox.desk.not_fetched(mailbox.ref, [first], "it is larger than 50 MB", skip=True)
    await mailbox.desk.not_fetched(mailbox.ref, [second], "the server broke off")
    await mailbox.fetch()
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((5, 4), 3)
    await _replay(mailbox, [first, second])
    await mailbox.fetch()
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((5, 5), 5)


async def test_what_could_not_be_taken_in_is_unexplained_until_it_is_replayed(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    await mailbox.fetch()
    async with mailbox.db.transaction(mailbox.ref.account_id) as tx:
        await tx.run("update raw_events set state = 'failed', next_try_at = now() + interval '6 hours'")
    assert await mailbox.counted() == (5, 0)
    await _replay(mailbox, [Entry(folder="INBOX", key=f"7:{uid}") for uid in range(1, 6)])
    await mailbox.take_in()
    assert (await mailbox.counted(), await mailbox.tickets()) == ((5, 5), 5)


async def test_a_channel_that_was_deleted_has_nothing_left_to_fetch(mailbox: Mailbox) -> None:
    await mailbox.sweep()
    async with mailbox.db.transaction(mailbox.ref.account_id) as tx:
        await tx.run("update channels set deleted_at = now()")
    assert keys(await mailbox.desk.wanted(mailbox.ref, "INBOX", 10)) == []
    assert await mailbox.desk.lease(mailbox.ref) is False


async def _replay(mailbox: Mailbox, entries: Sequence[Entry]) -> None:
    async with mailbox.db.transaction(mailbox.ref.account_id) as tx:
        for entry in entries:
            await wanting.replay(tx, mailbox.ref.channel_id, entry, actor=None)


def _mail(uid: int) -> bytes:
    return (
        f"From: Eva Ek <eva{uid}@kund.example>\r\nTo: support@demo.example\r\nSubject: Lamp {uid}\r\n"
        f"Message-ID: <{uid}@kund.example>\r\nDate: Tue, 3 Mar 2026 09:12:00 +0100\r\n\r\nHello {uid}\r\n"
    ).encode()
