"""What a door does not believe comes from a person: kept with the reason, and taken in when somebody says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.messages import Door
from kanal.delivery.models import Carriers
from kanal.inboxes import raw_events
from kanal.inboxes.errors import NotReplayable
from kanal.inboxes.raw_events import Sight
from kanal.intake import receive
from kanal.intake.drain import Drain
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from tests.make import accounts, channels

MAIL = b"From: eva@kund.example\r\nSubject: Buy now\r\n\r\nCheap lamps\r\n"


class Office:
    def __init__(self, db: Database, storage: Storage, account: int, channel: UUID) -> None:
        self.db, self.storage, self.account, self.channel = db, storage, account, channel
        self.drain = Drain(
            db, Carriers({"email": channels.email_kind()}, channels.KEYRING, channels.MAIL_DOMAIN), storage
        )

    async def take(self, *suspicions: str) -> None:
        ref = ChannelRef(self.account, self.channel)
        for number, suspicion in enumerate(suspicions):
            door = Door(suspicion=suspicion)
            await receive.store(
                self.db, self.storage, [Arrival(channel=ref, body=MAIL, door=door, external_id=str(number))]
            )
        await self.work()

    async def work(self) -> None:
        while await self.drain.drain_once(self.account, self.channel):
            pass

    async def events(self) -> list[dict[str, Any]]:
        async with self.db.transaction(self.account) as tx:
            return await tx.dicts("select id, state, reason from raw_events order by external_id")

    async def let_in(self, raw_id: UUID) -> None:
        async with self.db.transaction(self.account) as tx:
            await raw_events.replay(tx, raw_id, Sight("true", {}), actor=None)
        await self.work()


@pytest.fixture
async def office(db: Database, tmp_path: Path) -> AsyncIterator[Office]:
    account = await accounts.account(db)
    office = Office(db, Storage(str(tmp_path)), account, await channels.email_channel(db, account))
    yield office
    office.drain.parser.close()


async def test_k11_what_the_door_does_not_believe_is_quarantined_with_the_reason_beside_what_it_does(
    office: Office,
) -> None:
    await office.take("sent faster than anybody types", "")
    doubted, other = await office.events()
    assert (doubted["state"], doubted["reason"]) == ("quarantined", "sent faster than anybody types")
    assert other["state"] == "ticket"


async def test_k11_a_person_lets_it_in_and_it_becomes_a_ticket(office: Office) -> None:
    await office.take("sent faster than anybody types")
    [doubted] = await office.events()
    await office.let_in(doubted["id"])
    [now] = await office.events()
    assert (now["state"], now["reason"]) == ("ticket", "")


async def test_what_was_erased_is_not_taken_in_again(office: Office) -> None:
    await office.take("sent faster than anybody types")
    [doubted] = await office.events()
    async with office.db.transaction(office.account) as tx:
        await tx.run("update raw_events set body = null")
    with pytest.raises(NotReplayable, match="deleted"):
        await office.let_in(doubted["id"])
