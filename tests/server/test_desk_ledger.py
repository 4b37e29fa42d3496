"""What a kind that fetches writes down through the desk, and what it gets back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.ledger import BEFORE, MARKED, Entry, Listed
from kanal.channelkit.messages import Door
from kanal.inboxes.ledger import queries
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.server.desk import BoundDesk
from tests.make import accounts, channels
from tests.make.desk_port import keys, listed, rows

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def desk(db: Database, tmp_path: Path) -> BoundDesk:
    return BoundDesk(db, Storage(str(tmp_path)), channels.KEYRING, channels.MAIL_DOMAIN)


@pytest.fixture
async def ref(db: Database) -> ChannelRef:
    account = await accounts.account(db)
    return ChannelRef(account_id=account, channel_id=await channels.email_channel(db, account))


async def test_entries_are_wanted_in_the_order_of_their_numbers_and_history_comes_last(
    desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.list_entries(ref, "INBOX", [*listed(10, 9, 100), Listed(key="7:1", size=1, history=True)], NOON)
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:9", "7:10", "7:100", "7:1"]
    assert keys(await desk.wanted(ref, "Sent", 10)) == []


async def test_what_a_rule_skips_is_not_wanted_and_says_why(db: Database, desk: BoundDesk, ref: ChannelRef) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, state="skipped", why=BEFORE), NOON)
    assert keys(await desk.wanted(ref, "INBOX", 10)) == []
    assert [(row["state"], row["reason"]) for row in await rows(db, ref)] == [("skipped", BEFORE)]


async def test_listing_again_changes_nothing_but_that_it_is_still_there(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, state="skipped", why=BEFORE), NOON)
    await desk.list_entries(ref, "INBOX", listed(1), NOON + timedelta(minutes=10))
    (row,) = await rows(db, ref)
    assert (row["state"], row["reason"], row["listed_at"]) == ("skipped", BEFORE, NOON + timedelta(minutes=10))


async def test_a_mark_of_deletion_that_was_taken_back_makes_it_what_it_would_have_been(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, 2, 3, state="skipped", why=MARKED), NOON)
    later = NOON + timedelta(minutes=10)
    await desk.list_entries(ref, "INBOX", listed(1), later)
    await desk.list_entries(ref, "INBOX", listed(2, state="skipped", why=BEFORE, history=True), later)
    await desk.list_entries(ref, "INBOX", listed(3, state="skipped", why=MARKED), later)
    shown = [(row["state"], row["reason"], row["history"]) for row in await rows(db, ref)]
    assert shown == [("wanted", "", False), ("skipped", BEFORE, True), ("skipped", MARKED, False)]


async def test_what_was_not_listed_in_a_whole_sweep_is_gone_and_comes_back_when_it_is_listed_again(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, 2), NOON)
    began = NOON + timedelta(minutes=10)
    await desk.list_entries(ref, "INBOX", listed(2), began)
    await desk.end_listing(ref, "INBOX", began)
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:2"]
    assert await _on_server(db, ref) == 1
    await desk.list_entries(ref, "INBOX", listed(1, 2), began + timedelta(minutes=10))
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:1", "7:2"]
    assert await _on_server(db, ref) == 2


async def test_what_is_gone_is_forgotten_after_90_days(db: Database, desk: BoundDesk, ref: ChannelRef) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, 2), NOON)
    await desk.end_listing(ref, "INBOX", NOON + timedelta(minutes=1))
    async with db.transaction(ref.account_id) as tx:
        await tx.run("update ledger set gone_at = gone_at - interval '91 days' where key = '7:1'")
    await desk.end_listing(ref, "INBOX", NOON + timedelta(minutes=1))
    assert [row["key"] for row in await rows(db, ref)] == ["7:2"]


async def test_a_folder_that_is_read_no_more_leaves_the_balance_and_comes_back_when_it_is_listed_again(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    for folder in ("INBOX", "Order"):
        await desk.list_entries(ref, folder, listed(1), NOON)
    await desk.reads_only(ref, ["INBOX"])
    assert await _unexplained(db, ref) == {"INBOX": 1}
    assert keys(await desk.wanted(ref, "Order", 10)) == []
    await desk.list_entries(ref, "Order", listed(1), NOON + timedelta(minutes=1))
    assert await _unexplained(db, ref) == {"INBOX": 1, "Order": 1}


async def test_of_a_folder_that_is_read_no_more_nothing_is_remembered_after_90_days(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    for folder in ("INBOX", "Order"):
        await desk.list_entries(ref, folder, listed(1), NOON)
    await desk.reads_only(ref, ["INBOX"])
    async with db.transaction(ref.account_id) as tx:
        await tx.run("update ledger set gone_at = gone_at - interval '91 days'")
    await desk.reads_only(ref, ["INBOX"])
    assert [row["folder"] for row in await rows(db, ref)] == ["INBOX"]


async def test_what_arrives_explains_its_entry_in_the_same_commit(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, 2), NOON)
    await desk.receive([_fetched(ref, "7:1", b"a")], {"folders": {}})
    (first, _) = await rows(db, ref)
    assert (first["state"], first["raw_event_id"] is not None) == ("stored", True)
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:2"]


async def test_bytes_that_were_here_already_explain_another_entry_too(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    """As after a change of UIDVALIDITY, or with a copy in another folder."""
    await desk.receive([_fetched(ref, "7:1", b"a")])
    await desk.receive([_fetched(ref, "8:1", b"a"), _fetched(ref, "8:2", b"b"), _fetched(ref, "8:3", b"b")])
    first, again, second, twin = await rows(db, ref)
    assert first["raw_event_id"] == again["raw_event_id"]
    assert second["raw_event_id"] == twin["raw_event_id"] != first["raw_event_id"]


async def test_an_arrival_that_cannot_be_stored_leaves_its_entry_wanted(desk: BoundDesk, ref: ChannelRef) -> None:
    await desk.list_entries(ref, "INBOX", listed(1), NOON)
    nowhere = ChannelRef(account_id=ref.account_id, channel_id=ref.channel_id.__class__(int=1))
    with pytest.raises(Exception, match="foreign key"):
        await desk.receive([_fetched(ref, "7:1", b"a"), Arrival(channel=nowhere, body=b"b", door=Door())])
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:1"]


async def test_what_could_not_be_fetched_is_tried_again_later_and_what_is_skipped_never(
    db: Database, desk: BoundDesk, ref: ChannelRef
) -> None:
    await desk.list_entries(ref, "INBOX", listed(1, 2), NOON)
    await desk.not_fetched(ref, [Entry(folder="INBOX", key="7:1")], "the server broke off")
    await desk.not_fetched(ref, [Entry(folder="INBOX", key="7:2")], "it is larger than 50 MB", skip=True)
    assert keys(await desk.wanted(ref, "INBOX", 10)) == []
    first, second = await rows(db, ref)
    assert (first["state"], first["reason"], first["tries"]) == ("failed", "the server broke off", 1)
    assert (second["state"], second["next_try_at"]) == ("skipped", None)
    async with db.transaction(ref.account_id) as tx:
        await tx.run("update ledger set next_try_at = next_try_at - interval '1 minute' where key = '7:1'")
    (again,) = await desk.wanted(ref, "INBOX", 10)
    assert (again.key, again.tries) == ("7:1", 1)


async def test_history_is_fetched_from_a_date_on_and_no_more_of_it_when_it_is_called_off(
    desk: BoundDesk, ref: ChannelRef
) -> None:
    old = [
        Listed(key=f"7:{day}", size=1, at=NOON + timedelta(days=day), state="skipped", why=BEFORE, history=True)
        for day in range(3)
    ]
    await desk.list_entries(ref, "INBOX", [*old, *listed(9)], NOON)
    await desk.want_history(ref, NOON + timedelta(days=1))
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:9", "7:1", "7:2"]
    await desk.want_history(ref, NOON + timedelta(days=2))
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:9", "7:2"]
    await desk.want_history(ref, None)
    assert keys(await desk.wanted(ref, "INBOX", 10)) == ["7:9"]


async def test_the_cursor_can_be_kept_before_anything_arrives(desk: BoundDesk, ref: ChannelRef) -> None:
    await desk.remember(ref, {"folders": {"INBOX": {"began_uid": 7}}})
    assert await desk.state(ref) == {"folders": {"INBOX": {"began_uid": 7}}}


def _fetched(ref: ChannelRef, key: str, body: bytes, **door: Any) -> Arrival:
    return Arrival(channel=ref, body=body, door=Door(**door), entry=Entry(folder="INBOX", key=key))


async def _unexplained(db: Database, ref: ChannelRef) -> dict[str, int]:
    async with db.transaction(ref.account_id) as tx:
        return {each.folder: each.unexplained for each in await queries.balance(tx, ref.channel_id)}


async def _on_server(db: Database, ref: ChannelRef) -> int:
    async with db.transaction(ref.account_id) as tx:
        return int(await tx.value("select on_server from ledger_folders"))
