"""Who may call: tokens, foreign origins, other accounts, roles and scopes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from litestar import Litestar, WebSocket, delete, get, post, websocket

from kanal.api.http.signin import DeskRequest, require
from kanal.kit.db import Database
from kanal.people import queries, tokens
from kanal.people.models import Role, Scope
from tests.api.http.conftest import EMAIL, PASSWORD
from tests.make import accounts, web


@get("/things")
async def read_things(request: DeskRequest) -> int:
    return request.user.account


@post("/things")
async def write_things(request: DeskRequest) -> int:
    return request.user.account


@delete("/things", guards=[require("manage_channels")])
async def manage_things(request: DeskRequest) -> None:
    assert request.user.may("manage_channels")


@post("/things/seen", guards=[require("read")], status_code=204)
async def see_things(request: DeskRequest) -> None:
    assert request.user.may("read")


@websocket("/live")
async def live(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.accept()
    await socket.send_json(socket.user.account)
    await socket.close()


ACCEPTED = "websocket.accept"
HANDLERS = (*web.PEOPLE, read_things, write_things, manage_things, see_things, live)


@pytest.fixture
def app(db: Database, tmp_path: Path) -> Litestar:
    return web.app(db, web.settings(tmp_path), HANDLERS)


async def _calls(client: httpx2.AsyncClient) -> list[int]:
    """Reading, writing, managing, and noting that one has seen something."""
    answers = [
        await client.get("/api/v1/things"),
        await client.post("/api/v1/things"),
        await client.delete("/api/v1/things"),
        await client.post("/api/v1/things/seen"),
    ]
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize(
    ("role", "has_seat", "expected"),
    [
        ("viewer", False, [200, 403, 403, 204]),
        ("agent", False, [200, 403, 403, 204]),
        ("agent", True, [200, 201, 403, 204]),
        ("admin", True, [200, 201, 204, 204]),
        ("super_admin", False, [200, 403, 204, 204]),
    ],
)
async def test_role_and_seat_decide(
    db: Database, app: Litestar, role: Role, has_seat: bool, expected: list[int]
) -> None:
    account = await accounts.account(db)
    member = await accounts.member(db, account, role=role, has_seat=has_seat)
    async with web.program(app, await accounts.token(db, account, member)) as client:
        assert await _calls(client) == expected


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (["read"], [200, 403, 403, 204]),
        (["write"], [403, 201, 403, 403]),
        (["admin"], [403, 403, 204, 403]),
    ],
)
async def test_scopes_of_a_token_narrow_its_role(
    db: Database, app: Litestar, scopes: list[Scope], expected: list[int]
) -> None:
    account = await accounts.account(db)
    member = await accounts.member(db, account, role="super_admin")
    async with db.transaction(account) as tx:
        token = await tokens.create(tx, (await queries.member(tx, member)).user_id, "narrow", scopes)
    async with web.program(app, token) as client:
        assert await _calls(client) == expected


async def test_nobody_gets_in(app: Litestar) -> None:
    async with web.program(app) as client:
        assert await _calls(client) == [401, 401, 401, 401]
        client.headers["authorization"] = "Bearer kanal_made-up"
        assert await _calls(client) == [401, 401, 401, 401]


async def test_revoked_and_expired_tokens_are_refused(db: Database, app: Litestar, database_url: str) -> None:
    account = await accounts.account(db)
    token = await accounts.token(db, account, await accounts.member(db, account))
    async with web.program(app, token) as client:
        assert (await client.get("/api/v1/things")).status_code == 200
        with psycopg.connect(database_url) as connection:
            connection.execute("update api_tokens set expires_at = now() - %s", (timedelta(seconds=1),))
        assert (await client.get("/api/v1/things")).status_code == 401
        with psycopg.connect(database_url) as connection:
            connection.execute("update api_tokens set expires_at = null, revoked_at = now()")
        assert (await client.get("/api/v1/things")).status_code == 401


async def test_token_of_somebody_who_left_the_account_is_refused(
    db: Database, app: Litestar, database_url: str
) -> None:
    account = await accounts.account(db)
    token = await accounts.token(db, account, await accounts.member(db, account))
    with psycopg.connect(database_url) as connection:
        connection.execute("update members set deactivated_at = now()")
    async with web.program(app, token) as client:
        assert (await client.get("/api/v1/things")).status_code == 401


async def test_account_of_others_does_not_exist(db: Database, app: Litestar, signed_in: httpx2.AsyncClient) -> None:
    await accounts.account(db, "b")
    unknown = await signed_in.get("/api/v1/things", headers={"kanal-account": "nowhere"})
    theirs = await signed_in.get("/api/v1/things", headers={"kanal-account": "b"})
    assert unknown.status_code == theirs.status_code == 404
    assert unknown.json() == theirs.json()


async def test_token_opens_its_own_account_only(db: Database, app: Litestar) -> None:
    account = await accounts.account(db, "a")
    await accounts.account(db, "b")
    token = await accounts.token(db, account, await accounts.member(db, account))
    async with web.program(app, token) as client:
        assert (await client.get("/api/v1/things", headers={"kanal-account": "a"})).status_code == 200
        assert (await client.get("/api/v1/things", headers={"kanal-account": "b"})).status_code == 404


async def test_session_has_to_name_the_account(signed_in: httpx2.AsyncClient) -> None:
    del signed_in.headers["kanal-account"]
    answer = await signed_in.get("/api/v1/things")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Kanal-Account")


@pytest.mark.parametrize("origin", [None, "https://evil.example", "https://desk.example.com.evil.example", "null"])
async def test_cookie_from_a_foreign_page_is_refused(signed_in: httpx2.AsyncClient, origin: str | None) -> None:
    del signed_in.headers["origin"]
    headers = {"origin": origin} if origin else {}
    answer = await signed_in.post("/api/v1/things", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")
    assert (await signed_in.get("/api/v1/things", headers=headers)).status_code == 200


async def test_foreign_page_cannot_sign_anybody_in(browser: httpx2.AsyncClient, ann: int) -> None:
    credentials = {"email": EMAIL, "password": PASSWORD}
    answer = await browser.post("/api/v1/session", json=credentials, headers={"origin": "https://evil.example"})
    assert answer.json()["type"] == "/problems/foreign-origin"
    assert "set-cookie" not in answer.headers


async def test_what_belongs_to_the_user_is_not_for_tokens(db: Database, app: Litestar) -> None:
    account = await accounts.account(db)
    token = await accounts.token(db, account, await accounts.member(db, account, role="super_admin"))
    async with web.program(app, token) as client:
        assert (await client.get("/api/v1/sessions")).status_code == 403
        assert (await client.post("/api/v1/user/totp")).status_code == 403


async def test_socket_needs_our_own_page(signed_in: httpx2.AsyncClient, app: Litestar) -> None:
    cookie = {"cookie": f"__Host-kanal_session={signed_in.cookies['__Host-kanal_session']}"}
    assert (await web.knock(app, "/api/v1/live?account=a", cookie | {"origin": web.PUBLIC_URL}))["type"] == ACCEPTED
    for origin in ({}, {"origin": "https://evil.example"}):
        refused = await web.knock(app, "/api/v1/live?account=a", cookie | origin)
        assert (refused["type"], refused["code"]) == ("websocket.close", 4403)


async def test_socket_of_nobody_or_of_another_account_is_closed(
    db: Database, app: Litestar, signed_in: httpx2.AsyncClient
) -> None:
    await accounts.account(db, "b")
    cookie = {"cookie": f"__Host-kanal_session={signed_in.cookies['__Host-kanal_session']}", "origin": web.PUBLIC_URL}
    assert (await web.knock(app, "/api/v1/live?account=a", {}))["code"] == 4401
    assert (await web.knock(app, "/api/v1/live?account=b", cookie))["code"] == 4404
    assert (await web.knock(app, "/api/v1/live", cookie))["code"] == 4422


async def test_socket_takes_a_token_without_a_page(db: Database, app: Litestar) -> None:
    account = await accounts.account(db)
    token = await accounts.token(db, account, await accounts.member(db, account))
    answer = await web.knock(app, "/api/v1/live", {"authorization": f"Bearer {token}"})
    assert answer["type"] == ACCEPTED
