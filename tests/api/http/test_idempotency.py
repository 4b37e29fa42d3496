"""A call that is sent again with its Idempotency-Key is carried out once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import psycopg
import pytest
from litestar import delete, get, post

from kanal.api.http import idempotency
from kanal.api.http.given import Db, JSONBody
from kanal.api.http.problem import Invalid
from kanal.api.http.signin import DeskRequest
from kanal.events.actions import emit
from kanal.events.models import Event
from kanal.kit.db import Database
from kanal.people import passwords
from tests.make import accounts, web

KEY = {"idempotency-key": "first"}


@post("/events")
async def add_event(request: DeskRequest, data: JSONBody[dict[str, str]], db: Db) -> dict[str, int]:
    """Stores one event, then does what the body says."""
    if data.get("refuse"):
        raise Invalid("refuse", "so it is")
    async with db.transaction(request.user.account) as tx:
        emit(tx, Event(name="contact.created"))
        await asyncio.sleep(float(data.get("wait", "0")))
    if data.get("break"):
        raise RuntimeError
    async with db.transaction(request.user.account) as tx:
        return {"events": await tx.value("select count(*) from events where name = 'contact.created'")}


@delete("/events")
async def drop_events(request: DeskRequest) -> None:
    assert request.user.account


@get("/events")
async def count_events(request: DeskRequest, db: Db) -> int:
    async with db.transaction(request.user.account) as tx:
        return int(await tx.value("select count(*) from events where name = 'contact.created'"))


@pytest.fixture
async def client(db: Database, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = web.app(db, web.settings(tmp_path), [add_event, drop_events, count_events])
    account = await accounts.account(db)
    token = await accounts.token(db, account, await accounts.member(db, account))
    async with web.program(app, token) as client:
        yield client


async def _send(client: httpx2.AsyncClient, **body: str) -> httpx2.Response:
    return await client.post("/api/v1/events", json=body, headers=KEY)


async def _events(client: httpx2.AsyncClient) -> int:
    return int((await client.get("/api/v1/events")).text)


async def test_second_call_gets_the_first_answer(client: httpx2.AsyncClient) -> None:
    first, second = await _send(client), await _send(client)
    assert (first.status_code, first.json()) == (201, {"events": 1})
    assert (second.status_code, second.json()) == (201, {"events": 1})
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == first.headers["content-type"]


async def test_without_a_key_each_call_counts(client: httpx2.AsyncClient) -> None:
    for _ in range(2):
        await client.post("/api/v1/events", json={})
    assert await _events(client) == 2


async def test_empty_answer_is_replayed_too(client: httpx2.AsyncClient) -> None:
    answers = [await client.delete("/api/v1/events", headers=KEY) for _ in range(2)]
    assert [(a.status_code, a.content) for a in answers] == [(204, b""), (204, b"")]


async def test_of_many_at_once_one_is_carried_out(client: httpx2.AsyncClient) -> None:
    answers = await asyncio.gather(*(_send(client, wait="0.2") for _ in range(8)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [409] * 7
    assert {a.json().get("type") for a in answers} == {None, "/problems/request-under-way"}
    assert await _events(client) == 1


async def test_same_key_with_another_body_is_refused(client: httpx2.AsyncClient) -> None:
    await _send(client)
    other = await _send(client, wait="0.0")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert await _events(client) == 1


async def test_refused_call_may_be_sent_again_mended(client: httpx2.AsyncClient) -> None:
    assert (await _send(client, refuse="yes")).status_code == 422
    assert (await _send(client)).status_code == 201


async def test_call_that_broke_after_it_was_carried_out_is_not_repeated(client: httpx2.AsyncClient) -> None:
    assert (await _send(client, **{"break": "yes"})).status_code == 500
    again = await _send(client, **{"break": "yes"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/answer-lost")
    assert await _events(client) == 1


async def test_call_of_a_process_that_died_before_it_did_anything_runs_again(
    client: httpx2.AsyncClient, database_url: str
) -> None:
    await _send(client)
    with psycopg.connect(database_url) as connection:
        connection.execute("update idempotency_keys set status = null, response = null, carried_out = false")
    assert (await _send(client)).status_code == 409
    with psycopg.connect(database_url) as connection:
        connection.execute("update idempotency_keys set created_at = created_at - %s", (timedelta(minutes=3),))
    assert (await _send(client)).json() == {"events": 2}


async def test_keys_belong_to_the_token(client: httpx2.AsyncClient, db: Database) -> None:
    await _send(client)
    async with db.transaction(None) as tx:
        account = await tx.value("select id from accounts")
    other = await accounts.member(db, account, "bob@example.com")
    client.headers["authorization"] = f"Bearer {await accounts.token(db, account, other)}"
    assert (await _send(client)).json() == {"events": 2}


async def test_key_outlives_the_session_and_belongs_to_the_person(db: Database, tmp_path: Path) -> None:
    app = web.app(db, web.settings(tmp_path), [*web.PEOPLE, add_event])
    account = await accounts.account(db)
    hashed = await passwords.make("correct horse battery")
    answers = []
    for name in ("ann", "ann", "bob"):
        if name == "bob" or not answers:
            await accounts.member(db, account, f"{name}@example.com", password_hash=hashed)
        async with web.browser(app) as client:
            who = {"email": f"{name}@example.com", "password": "correct horse battery"}
            assert (await client.post("/api/v1/session", json=who)).status_code == 201
            client.headers["kanal-account"] = "a"
            answers.append((await _send(client)).json())
            await client.delete("/api/v1/session")
    assert answers == [{"events": 1}, {"events": 1}, {"events": 2}]


async def test_day_old_key_is_new_again_and_forgotten(
    client: httpx2.AsyncClient, db: Database, database_url: str
) -> None:
    await _send(client)
    with psycopg.connect(database_url) as connection:
        connection.execute("update idempotency_keys set created_at = created_at - %s", (timedelta(hours=25),))
    assert (await _send(client)).json() == {"events": 2}
    with psycopg.connect(database_url) as connection:
        connection.execute("update idempotency_keys set created_at = created_at - %s", (timedelta(hours=25),))
    await idempotency.forget_old(db)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from idempotency_keys").fetchone() == (0,)
