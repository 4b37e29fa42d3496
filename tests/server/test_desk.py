"""What a kind learns of the desk and tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.messages import Door
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.people import actions as people
from kanal.server.desk import BoundDesk
from tests.make import accounts, channels


@pytest.fixture
def desk(db: Database, tmp_path: Path) -> BoundDesk:
    return BoundDesk(db, Storage(str(tmp_path)), channels.KEYRING, channels.MAIL_DOMAIN)


@pytest.fixture
async def ref(db: Database) -> ChannelRef:
    account = await accounts.account(db)
    smtp = {"host": "mx.demo.example", "user": "u", "password": "s3cret"}
    return ChannelRef(account_id=account, channel_id=await channels.email_channel(db, account, smtp=smtp))


async def test_addresses_of_all_accounts_are_found_and_unknown_ones_left_out(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    other = await accounts.account(db, "b")
    theirs = ChannelRef(account_id=other, channel_id=await channels.email_channel(db, other, "info@b.example"))
    found = await desk.find("email", ["support@demo.example", "info@b.example", "nobody@b.example"])
    assert found == {"support@demo.example": ref, "info@b.example": theirs}
    assert await desk.find("phone", ["support@demo.example"]) == {}
    assert {channel.id for channel in await desk.channels("email")} == {ref.channel_id, theirs.channel_id}


async def test_a_kind_sees_its_channel_with_the_secrets(desk: BoundDesk, ref: ChannelRef) -> None:
    channel = await desk.channel(ref)
    assert (channel.account_id, channel.mail_domain, channel.active) == (ref.account_id, channels.MAIL_DOMAIN, True)
    assert channel.settings["smtp"]["password"] == "s3cret"


async def test_the_cursor_is_kept_with_what_arrived(desk: BoundDesk, ref: ChannelRef) -> None:
    assert await desk.state(ref) == {}
    await desk.receive([Arrival(channel=ref, body=b"x", door=Door())], {"uid": 7})
    assert await desk.state(ref) == {"uid": 7}


async def test_availability_and_ringing_follow_seats_and_teams(db: Database, desk: BoundDesk, ref: ChannelRef) -> None:
    assert await desk.availability(ref) is False
    ann = await accounts.member(db, ref.account_id, "ann@a.example")
    bob = await accounts.member(db, ref.account_id, "bob@a.example")
    await accounts.member(db, ref.account_id, "viewer@a.example", "viewer", has_seat=False)
    assert set(await desk.who_rings(ref, "")) == {ann, bob}
    async with db.transaction(ref.account_id) as tx:
        team = (await people.create_team(tx, "Lamps", [bob])).id
        await tx.run("update channels set open_to = 'teams'")
        await tx.run("insert into channel_teams values (%s, %s, %s)", (tx.account, ref.channel_id, team))
    assert await desk.who_rings(ref, "") == [bob]


async def test_health_is_shown_beside_the_channel(db: Database, desk: BoundDesk, ref: ChannelRef) -> None:
    await desk.health(ref, "attention", "the password is wrong")
    async with db.transaction(ref.account_id) as tx:
        assert await tx.value("select health_why from channels") == "the password is wrong"
