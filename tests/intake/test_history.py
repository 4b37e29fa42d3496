"""Mail from before the channel was connected: it is there, closed and quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.messages import Door
from kanal.intake import history
from kanal.intake.models import Fate
from kanal.kit.db import Database, document
from kanal.notifications.consumer import Notifier
from tests.make import accounts, channels
from tests.make.said import hear, said

LONG_AGO = datetime(2024, 3, 1, 9, tzinfo=UTC)


class Archive:
    def __init__(self, db: Database, account: int, channel: UUID) -> None:
        self.db, self.account, self.channel = db, account, channel

    async def take_in(self, *things: Any, at: datetime = LONG_AGO) -> list[Fate]:
        return await hear(self.db, self.account, self.channel, *things, at=at, door=Door(history=True))

    async def rows(self, sql: Any, params: Any = None) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts(sql, params)


@pytest.fixture
async def archive(db: Database) -> Archive:
    account = await accounts.account(db)
    return Archive(db, account, await channels.email_channel(db, account))


async def test_old_mail_becomes_a_closed_ticket_of_its_time(archive: Archive) -> None:
    [fate] = await archive.take_in(said())
    [ticket] = await archive.rows("select * from tickets")
    assert (fate.state, ticket["source"], ticket["is_open"]) == ("ticket", "import", False)
    assert (ticket["created_at"], ticket["closed_at"], ticket["waiting_since"]) == (LONG_AGO, LONG_AGO, None)
    [conversation] = await archive.rows("select * from conversations")
    assert (conversation["state"], conversation["closed_at"]) == ("closed", LONG_AGO)


async def test_it_threads_among_itself_however_long_ago_it_was_closed(archive: Archive) -> None:
    [first] = await archive.take_in(said(external_id="a@kund.example"))
    later = LONG_AGO + timedelta(days=200)
    [answer] = await archive.take_in(said("Still dark", in_reply_to="a@kund.example", subject="Re: Lamp"), at=later)
    assert (answer.state, answer.ticket_id) == ("reply", first.ticket_id)
    [ticket] = await archive.rows("select * from tickets")
    assert (ticket["is_open"], ticket["closed_at"], ticket["last_message_at"]) == (False, later, later)


async def test_its_senders_become_contacts(archive: Archive) -> None:
    await archive.take_in(said())
    assert [row["name"] for row in await archive.rows("select name from contacts")] == ["Eva Ek"]


async def test_nobody_is_told_and_nothing_is_given_out(archive: Archive) -> None:
    ann = await accounts.member(archive.db, archive.account)
    routing = {"assign": "members", "to": {"users": [ann]}, "only_available": False}
    async with archive.db.transaction(archive.account) as tx:
        await tx.run("update channels set routing = %s", (document(routing),))
    await archive.take_in(said(external_id="a@kund.example"))
    await archive.take_in(said("Still dark", in_reply_to="a@kund.example", subject="Re: Lamp"))
    while await Notifier(archive.db).run_once(archive.account):
        pass
    assert await archive.rows("select id from notices") == []
    assert await archive.rows("select ticket_id from queue") == []
    assert [row["assignee_id"] for row in await archive.rows("select assignee_id from tickets")] == [None]
    await hear(archive.db, archive.account, archive.channel, said("Another lamp"))
    assert ann in [row["assignee_id"] for row in await archive.rows("select assignee_id from tickets")]


async def test_its_events_say_that_it_is_old(archive: Archive) -> None:
    await archive.take_in(said())
    told = await archive.rows("select name, data from events where name in ('ticket.created', 'message.received')")
    assert len(told) == 2
    assert all(row["data"]["history"] for row in told)


async def test_what_comes_now_in_an_old_thread_is_alive(archive: Archive) -> None:
    now = datetime.now(UTC)
    [old] = await archive.take_in(said(external_id="a@kund.example"), at=now - timedelta(days=3))
    reply = said("Still dark", in_reply_to="a@kund.example", subject="Re: Lamp")
    [fate] = await hear(archive.db, archive.account, archive.channel, reply)
    assert fate.ticket_id == old.ticket_id
    [ticket] = await archive.rows("select is_open from tickets")
    assert ticket["is_open"] is True


async def test_old_mail_of_a_ticket_that_is_open_leaves_it_as_it_is(archive: Archive) -> None:
    [fate] = await hear(archive.db, archive.account, archive.channel, said(external_id="a@kund.example"))
    [before] = await archive.rows("select version, waiting_since, snippet from tickets")
    older = said("What I wrote first", in_reply_to="a@kund.example", subject="Re: Lamp")
    [joined] = await archive.take_in(older)
    assert joined.ticket_id == fate.ticket_id
    assert await archive.rows("select version, waiting_since, snippet from tickets") == [before]


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        (LONG_AGO - timedelta(hours=1), LONG_AGO - timedelta(hours=1)),
        (LONG_AGO + timedelta(minutes=5), LONG_AGO),
        (LONG_AGO + timedelta(days=400), LONG_AGO),
        (datetime(1970, 1, 1, tzinfo=UTC), LONG_AGO),
        (None, LONG_AGO),
    ],
)
def test_a_clock_that_is_astray_is_not_believed(claimed: datetime | None, believed: datetime) -> None:
    assert history.written_at(claimed, LONG_AGO) == believed
