"""Connecting, changing, switching and deleting channels, against the real database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kanal.channelkit.errors import InvalidSettings
from kanal.events import queries as events
from kanal.inboxes import actions, health, queries, rules
from kanal.inboxes.errors import AddressInUse, ChannelDeleted, InvalidChannel
from kanal.inboxes.models import ChannelChange, ChannelRow
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.people import actions as people
from tests.make import accounts, channels, raw_events

SMTP = {"host": "mx.demo.example", "port": 465, "security": "tls", "user": "u", "password": "s3cret"}


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(str(tmp_path))


async def row(db: Database, account: int, channel: UUID) -> ChannelRow:
    async with db.transaction(account) as tx:
        return await queries.channel(tx, channel)


async def change(db: Database, account: int, channel: UUID, **wanted: Any) -> ChannelRow:
    async with db.transaction(account) as tx:
        await actions.change(
            tx,
            channel,
            ChannelChange(**wanted),
            channels.email_kind(),
            keyring=channels.KEYRING,
            mail_domain=channels.MAIL_DOMAIN,
            actor=None,
        )
        return await queries.channel(tx, channel)


async def delete(db: Database, account: int, channel: UUID, name: str = "Support") -> None:
    async with db.transaction(account) as tx:
        await actions.delete(tx, channel, name, actor=None)


async def names_of_events(db: Database, account: int) -> list[str]:
    async with db.transaction(account) as tx:
        return [event.name for event in await events.after(tx, 0, 100)]


def kind_sees(found: ChannelRow) -> dict[str, Any]:
    return dict(rules.as_kind_sees(found, channels.KEYRING, channels.MAIL_DOMAIN).settings)


async def test_new_channel_waits_for_its_first_mail_and_is_told_as_event(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account)
    found = await row(db, account, channel)
    assert (found.health, found.active, found.inbox_kind) == ("waiting", True, "help_desk")
    assert "channel.created" in await names_of_events(db, account)


async def test_secrets_are_stored_encrypted_and_shown_only_as_being_there(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account, smtp=SMTP)
    found = await row(db, account, channel)
    assert found.settings["smtp"]["has_password"] is True
    assert "s3cret" not in str(found.settings)
    assert b"s3cret" not in (found.secrets or b"")
    assert kind_sees(found)["smtp"]["password"] == "s3cret"


async def test_k1_an_address_belongs_to_one_channel_and_only_its_own_account_hears_of_which(
    db: Database, account: int
) -> None:
    other = await accounts.account(db, "b")
    await channels.email_channel(db, account)
    with pytest.raises(AddressInUse) as mine:
        await channels.email_channel(db, account, "SUPPORT@demo.example", name="Second")
    with pytest.raises(AddressInUse) as theirs:
        await channels.email_channel(db, other)
    assert (mine.value.channel_name, theirs.value.channel_name) == ("Support", None)


async def test_k1_unproved_claim_of_another_account_lapses_after_72_hours(
    db: Database, account: int, database_url: str
) -> None:
    other = await accounts.account(db, "b")
    squatter = await channels.email_channel(db, other)
    _age(database_url, timedelta(hours=73))
    mine = await channels.email_channel(db, account)
    async with db.transaction(None) as tx:
        found = await queries.by_address(tx, "email", ["support@demo.example"])
    assert found["support@demo.example"].channel_id == mine
    assert (await row(db, other, squatter)).health == "attention"


async def test_k1_proved_claim_never_lapses(db: Database, account: int, database_url: str) -> None:
    other = await accounts.account(db, "b")
    await channels.email_channel(db, other)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update addresses set proved_at = now()")
    _age(database_url, timedelta(hours=73))
    with pytest.raises(AddressInUse):
        await channels.email_channel(db, account)


def _age(database_url: str, by: timedelta) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("update addresses set claimed_at = claimed_at - %s", (by,))


async def test_refused_address_leaves_no_half_channel(db: Database, account: int) -> None:
    await channels.email_channel(db, account)
    with pytest.raises(AddressInUse):
        await channels.email_channel(db, account, name="Second")
    async with db.transaction(account) as tx:
        assert [channel.name for channel in await queries.channels(tx)] == ["Support"]


async def test_settings_are_merged_and_the_password_is_kept(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account, smtp=SMTP)
    found = await change(db, account, channel, settings={"from_name": {"company": "Ljus"}, "smtp": {"port": 587}})
    assert found.settings["from_name"] == {"mode": "agent_company", "company": "Ljus"}
    assert found.settings["address"] == "support@demo.example"
    stored = {"port": 587, "has_password": True, "certificate": ""}
    assert kind_sees(found)["smtp"] | {"has_password": True} == SMTP | stored


async def test_password_does_not_follow_to_another_host(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account, smtp=SMTP)
    with pytest.raises(InvalidSettings) as wrong:
        await change(db, account, channel, settings={"smtp": {"host": "thief.example"}})
    assert wrong.value.field == "smtp.password"
    new = {"host": "mx2.demo.example", "password": "other"}
    assert kind_sees(await change(db, account, channel, settings={"smtp": new}))["smtp"]["password"] == "other"


async def test_null_takes_the_outgoing_server_and_its_secret_away(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account, smtp=SMTP)
    found = await change(db, account, channel, settings={"smtp": None})
    assert (found.settings["smtp"], found.secrets) == (None, None)


async def test_new_address_is_claimed_the_old_one_freed_and_proved_anew(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account)
    async with db.transaction(account) as tx:
        await health.say(tx, channel, "ok")
    found = await change(db, account, channel, settings={"address": "hello@demo.example"})
    assert found.health == "waiting"
    await channels.email_channel(db, account, name="Second")


async def test_k17_channel_can_be_opened_to_teams_of_its_account_only(db: Database, account: int) -> None:
    async with db.transaction(account) as tx:
        team = (await people.create_team(tx, "Lamps", [])).id
    channel = await channels.email_channel(db, account)
    for teams in ([], [uuid4()]):
        with pytest.raises(InvalidChannel):
            await change(db, account, channel, open_to="teams", team_ids=teams)
    found = await change(db, account, channel, open_to="teams", team_ids=[team])
    assert (found.open_to, found.team_ids) == ("teams", [team])


async def test_k16_switching_on_makes_tickets_of_the_held_only_when_asked(
    db: Database, storage: Storage, account: int
) -> None:
    channel = await channels.email_channel(db, account)
    await change(db, account, channel, active=False)
    await raw_events.stored(db, storage, account, channel, state="held")
    await change(db, account, channel, active=True)
    async with db.transaction(account) as tx:
        assert await queries.held(tx, [channel]) == {channel: 1}
    await change(db, account, channel, make_tickets_of_held=True)
    async with db.transaction(account) as tx:
        assert await tx.values("select state from raw_events") == ["waiting"]


async def test_k16_held_stay_held_while_the_channel_is_off(db: Database, storage: Storage, account: int) -> None:
    channel = await channels.email_channel(db, account)
    await change(db, account, channel, active=False)
    await raw_events.stored(db, storage, account, channel, state="held")
    await change(db, account, channel, make_tickets_of_held=True)
    async with db.transaction(account) as tx:
        assert await queries.held(tx, [channel]) == {channel: 1}


async def test_k16_deleting_wants_the_name_erases_secrets_and_frees_the_address(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account, smtp=SMTP)
    with pytest.raises(InvalidChannel):
        await delete(db, account, channel, "support")
    await delete(db, account, channel)
    found = await row(db, account, channel)
    assert found.deleted_at is not None
    assert found.secrets is None
    assert await channels.email_channel(db, account) != channel
    assert "channel.deleted" in await names_of_events(db, account)


async def test_deleted_channel_can_neither_be_changed_nor_deleted(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account)
    await delete(db, account, channel)
    with pytest.raises(ChannelDeleted):
        await change(db, account, channel, active=True)
    with pytest.raises(ChannelDeleted):
        await delete(db, account, channel)


async def test_health_is_told_once_for_each_change(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account)
    for state in ("attention", "attention", "ok"):
        async with db.transaction(account) as tx:
            await health.say(tx, channel, state, "the password is wrong" if state == "attention" else "")
    assert (await names_of_events(db, account)).count("channel.health_changed") == 2


async def test_k21_events_of_channels_hold_no_address_and_no_name(db: Database, account: int) -> None:
    channel = await channels.email_channel(db, account, smtp=SMTP)
    await change(db, account, channel, name="Lamps & more", settings={"from_name": {"company": "Ljus"}})
    await delete(db, account, channel, "Lamps & more")
    async with db.transaction(account) as tx:
        told = str([event.data for event in await events.after(tx, 0, 100)])
    assert not any(word in told for word in ("demo.example", "Support", "Lamps", "Ljus", "s3cret"))
