"""/raw-events: what came in, what became of it, its bytes, and doing it again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import pytest
from litestar import Litestar

from kanal.api.agent import raw_events as api
from kanal.inboxes import actions
from kanal.kit.db import Database
from kanal.kit.storage import Storage
from kanal.people.models import Role
from tests.make import accounts, channels, raw_events, web

HANDLERS = (api.list_raw_events, api.count_raw_events, api.replay_raw_event, api.read_raw_event)
URL = "/api/v1/raw-events"


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(str(tmp_path / "files"))


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


@pytest.fixture
async def channel(db: Database, account: int) -> UUID:
    return await channels.email_channel(db, account)


@pytest.fixture
def app(db: Database, tmp_path: Path, storage: Storage) -> Litestar:
    return web.app(db, web.settings(tmp_path), HANDLERS, storage=storage)


@pytest.fixture
async def admin(app: Litestar, db: Database, account: int) -> AsyncIterator[httpx2.AsyncClient]:
    async with caller(app, await token(db, account, "admin")) as client:
        yield client


def caller(app: Litestar, bearer: str) -> httpx2.AsyncClient:
    return web.program(app, bearer)


async def token(db: Database, account: int, role: Role) -> str:
    member = await accounts.member(db, account, f"{role}@a{account}.example", role)
    return await accounts.token(db, account, member)


async def test_list_shows_envelope_and_fate_newest_first(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient
) -> None:
    first = await raw_events.stored(db, storage, account, channel, state="quarantined")
    second = await raw_events.stored(db, storage, account, channel)
    items = (await admin.get(URL)).json()["items"]
    assert [item["id"] for item in items] == [str(second), str(first)]
    assert items[1]["fate"] == {
        "state": "quarantined",
        "reason": None,
        "ticket": None,
        "conversation": None,
        "next_try_at": None,
    }
    assert items[0]["channel"] == {"id": str(channel), "name": "Support"}
    assert items[0]["envelope"]["mail_from"] == "eva@kund.example"


async def test_pages_hold_together_under_filters(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient
) -> None:
    held = [await raw_events.stored(db, storage, account, channel, state="held") for _ in range(3)]
    await raw_events.stored(db, storage, account, channel)
    question = {"state": "held", "channel": str(channel), "limit": "2"}
    page = (await admin.get(URL, params=question)).json()
    rest = (await admin.get(URL, params=question | {"after": page["next"]})).json()
    assert [item["id"] for item in page["items"] + rest["items"]] == [str(raw) for raw in reversed(held)]
    assert rest["next"] is None


async def test_counts_by_fate(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient
) -> None:
    for state in ("held", "held", "failed"):
        await raw_events.stored(db, storage, account, channel, state=state)
    counts = (await admin.get(f"{URL}/counts")).json()
    assert (counts["held"], counts["failed"], counts["ticket"]) == (2, 1, 0)


@pytest.mark.parametrize("size", [10, 300_000])
async def test_bytes_come_back_as_they_came_and_never_as_a_page(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient, size: int
) -> None:
    body = b"<script>alert(1)</script>\r\n\xff" + b"x" * size
    raw = await raw_events.stored(db, storage, account, channel, body=body)
    answer = await admin.get(f"{URL}/{raw}/raw")
    assert answer.content == body
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("state", ["failed", "quarantined", "held", "duplicate"])
async def test_replay_puts_it_back_to_wait(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient, state: str
) -> None:
    raw = await raw_events.stored(db, storage, account, channel, state=state)
    assert (await admin.post(f"{URL}/{raw}/replay")).status_code == 202
    assert (await admin.get(URL)).json()["items"][0]["fate"]["state"] == "waiting"


@pytest.mark.parametrize(("state", "why"), [("ticket", "understood"), ("waiting", "waiting")])
async def test_what_was_understood_is_not_done_twice(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient, state: str, why: str
) -> None:
    raw = await raw_events.stored(db, storage, account, channel, state=state)
    answer = await admin.post(f"{URL}/{raw}/replay")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert why in answer.json()["detail"]


async def test_replay_of_a_deleted_channel_says_why_not(
    db: Database, storage: Storage, account: int, channel: UUID, admin: httpx2.AsyncClient
) -> None:
    raw = await raw_events.stored(db, storage, account, channel, state="failed")
    async with db.transaction(account) as tx:
        await actions.delete(tx, channel, "Support", actor=None)
    assert "deleted" in (await admin.post(f"{URL}/{raw}/replay")).json()["detail"]


async def test_raw_bytes_and_replay_are_for_admins(
    app: Litestar, db: Database, storage: Storage, account: int, channel: UUID
) -> None:
    raw = await raw_events.stored(db, storage, account, channel, state="failed")
    async with caller(app, await token(db, account, "agent")) as agent:
        assert (await agent.get(f"{URL}/{raw}/raw")).status_code == 403
        assert (await agent.post(f"{URL}/{raw}/replay")).status_code == 403
        assert (await agent.get(URL)).status_code == 200


async def test_k17_raw_events_of_other_teams_channels_are_not_there_for_an_agent(
    app: Litestar, db: Database, storage: Storage, account: int, channel: UUID
) -> None:
    await raw_events.stored(db, storage, account, channel)
    async with db.transaction(account) as tx:
        await tx.run("update channels set open_to = 'teams'")
    async with caller(app, await token(db, account, "agent")) as agent:
        assert (await agent.get(URL)).json()["items"] == []
        assert (await agent.get(f"{URL}/counts")).json()["waiting"] == 0


async def test_another_account_sees_none_of_it(
    app: Litestar, db: Database, storage: Storage, account: int, channel: UUID
) -> None:
    raw = await raw_events.stored(db, storage, account, channel, state="failed")
    other = await accounts.account(db, "b")
    async with caller(app, await token(db, other, "super_admin")) as stranger:
        assert (await stranger.get(URL)).json()["items"] == []
        assert (await stranger.get(f"{URL}/{raw}/raw")).status_code == 404
        assert (await stranger.post(f"{URL}/{raw}/replay")).status_code == 404


async def test_questions_that_make_no_sense_name_the_parameter(admin: httpx2.AsyncClient) -> None:
    for question, field in (({"state": "lost"}, "state"), ({"channel": "x"}, "channel"), ({"after": "x"}, "after")):
        answer = await admin.get(URL, params=question)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert (await admin.get(f"{URL}/{uuid4()}/raw")).status_code == 404
