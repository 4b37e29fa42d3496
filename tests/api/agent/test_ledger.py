"""The ledger of a channel, as an admin reads it and does something again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from litestar import Litestar

from kanal.api.agent import ledger as api
from kanal.channelkit.desk import Arrival, ChannelRef
from kanal.channelkit.ledger import BEFORE, Entry, Listed
from kanal.channelkit.messages import Door
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.server.desk import BoundDesk
from tests.make import accounts, channels, web
from tests.make.desk_port import listed

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def app(db: Database, tmp_path: Path) -> Litestar:
    handlers = (api.read_ledger, api.replay_entry)
    return web.app(db, web.settings(tmp_path), handlers, kinds={"email": channels.email_kind()})


@pytest.fixture
async def ref(db: Database) -> ChannelRef:
    account = await accounts.account(db)
    return ChannelRef(account_id=account, channel_id=await channels.email_channel(db, account))


@pytest.fixture
def desk(db: Database, tmp_path: Path) -> BoundDesk:
    return BoundDesk(db, Storage(str(tmp_path)), channels.KEYRING, channels.MAIL_DOMAIN)


@pytest.fixture
async def admin(app: Litestar, db: Database, ref: ChannelRef) -> AsyncIterator[httpx2.AsyncClient]:
    member = await accounts.member(db, ref.account_id, "ana@a.example", "admin", name="Ana")
    async with web.program(app, await accounts.token(db, ref.account_id, member)) as client:
        yield client


@pytest.fixture
async def mailbox(db: Database, desk: BoundDesk, ref: ChannelRef) -> ChannelRef:
    """Five on the server: one taken in, one that waits, one to fetch, one that could not be had, one from before."""
    await desk.list_entries(
        ref,
        "INBOX",
        [Listed(key=f"7:{uid}", size=10 * uid, at=NOON + timedelta(minutes=uid)) for uid in range(1, 5)]
        + listed(9, state="skipped", why=BEFORE, history=True, at=NOON),
        NOON,
    )
    await desk.end_listing(ref, "INBOX", NOON)
    await desk.receive([_fetched(ref, 1, b"one"), _fetched(ref, 2, b"two")])
    await desk.not_fetched(ref, [Entry(folder="INBOX", key="7:4")], "the server broke off")
    await _settle(db, ref, b"one", "quarantined", "too odd")
    return ref


async def test_what_is_on_the_server_is_counted_and_listed_with_what_became_of_it(
    admin: httpx2.AsyncClient, mailbox: ChannelRef
) -> None:
    read = await _read(admin, mailbox)
    assert (read["on_server"], read["explained"], read["history"]) == (5, 2, None)
    assert read["folders"] == [{"folder": "INBOX", "on_server": 5, "explained": 2}]
    assert read["swept_at"] is not None
    fates = [(item["key"], item["state"], item["reason"], item["can_replay"]) for item in read["items"]]
    assert fates == [
        ("7:4", "failed", "the server broke off", True),
        ("7:3", "wanted", "", False),
        ("7:2", "waiting", "", False),
        ("7:1", "quarantined", "too odd", True),
        ("7:9", "skipped", BEFORE, True),
    ]


@pytest.mark.parametrize(
    ("state", "keys"),
    [
        ("unexplained", ["7:4", "7:3", "7:2"]),
        ("failed", ["7:4"]),
        ("skipped", ["7:9"]),
        ("quarantined", ["7:1"]),
        ("ticket", []),
    ],
)
async def test_the_list_can_be_asked_for_one_fate(
    admin: httpx2.AsyncClient, mailbox: ChannelRef, state: str, keys: list[str]
) -> None:
    assert [item["key"] for item in (await _read(admin, mailbox, state=state))["items"]] == keys


async def test_pages_follow_each_other_without_gap_or_repetition(
    admin: httpx2.AsyncClient, mailbox: ChannelRef
) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        read = await _read(admin, mailbox, limit=2, **({"after": after} if after else {}))
        seen += [item["key"] for item in read["items"]]
        after = read["next"]
        if after is None:
            break
    assert seen == ["7:4", "7:3", "7:2", "7:1", "7:9"]


async def test_an_unknown_state_and_a_foreign_cursor_are_named(admin: httpx2.AsyncClient, mailbox: ChannelRef) -> None:
    for query in ({"state": "lost"}, {"after": "bm9uc2Vuc2U"}):
        answer = await admin.get(f"/api/v1/channels/{mailbox.channel_id}/ledger", params=query)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == list(query)


async def test_what_was_skipped_or_could_not_be_fetched_is_wanted_again(
    admin: httpx2.AsyncClient, desk: BoundDesk, mailbox: ChannelRef
) -> None:
    for key in ("7:4", "7:9"):
        assert (await _replay(admin, mailbox, key)).status_code == 202
    assert [each.key for each in await desk.wanted(mailbox, "INBOX", 10)] == ["7:3", "7:4", "7:9"]


async def test_what_is_here_is_taken_in_again(db: Database, admin: httpx2.AsyncClient, mailbox: ChannelRef) -> None:
    assert (await _replay(admin, mailbox, "7:1")).status_code == 202
    async with db.transaction(mailbox.account_id) as tx:
        assert await tx.value("select count(*) from raw_events where state = 'waiting'") == 2


async def test_what_is_under_way_or_unknown_is_refused(admin: httpx2.AsyncClient, mailbox: ChannelRef) -> None:
    assert [(await _replay(admin, mailbox, key)).status_code for key in ("7:3", "7:2", "7:77")] == [409, 409, 404]


async def test_the_import_of_old_mail_says_how_far_it_is(
    admin: httpx2.AsyncClient, desk: BoundDesk, mailbox: ChannelRef
) -> None:
    await desk.want_history(mailbox, NOON - timedelta(days=1))
    assert (await _read(admin, mailbox))["history"] == {"from": "2026-05-03T12:00:00Z", "total": 1, "done": 0}
    await desk.receive([_fetched(mailbox, 9, b"old")])
    assert (await _read(admin, mailbox))["history"]["done"] == 1


async def test_channels_that_the_caller_may_not_see_have_no_ledger(
    db: Database, admin: httpx2.AsyncClient, mailbox: ChannelRef
) -> None:
    async with db.transaction(mailbox.account_id) as tx:
        await tx.run("update channels set open_to = 'teams'")
        await tx.run("update roles set sees = 'channels' where key = 'admin'")
    answer = await admin.get(f"/api/v1/channels/{mailbox.channel_id}/ledger")
    assert answer.status_code == 404


async def _read(admin: httpx2.AsyncClient, ref: ChannelRef, **query: Any) -> dict[str, Any]:
    answer = await admin.get(f"/api/v1/channels/{ref.channel_id}/ledger", params=query)
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


async def _replay(admin: httpx2.AsyncClient, ref: ChannelRef, key: str) -> httpx2.Response:
    body = {"folder": "INBOX", "key": key}
    return await admin.post(f"/api/v1/channels/{ref.channel_id}/ledger/replay", json=body)


def _fetched(ref: ChannelRef, uid: int, body: bytes) -> Arrival:
    return Arrival(channel=ref, body=body, door=Door(), entry=Entry(folder="INBOX", key=f"7:{uid}"))


async def _settle(db: Database, ref: ChannelRef, body: bytes, state: str, reason: str) -> UUID:
    async with db.transaction(ref.account_id) as tx:
        settled: UUID = await tx.value(
            "update raw_events set state = %s, reason = %s where body = %s returning id", (state, reason, body)
        )
    return settled
