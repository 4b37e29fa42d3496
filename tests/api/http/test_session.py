"""Signing in and out with a browser."""

from __future__ import annotations

import httpx2
import psycopg
from litestar import Litestar

from tests.api.http.conftest import EMAIL, PASSWORD
from tests.make import web

CREDENTIALS = {"email": EMAIL, "password": PASSWORD}


async def test_right_password_gives_a_session_with_the_accounts(signed_in: httpx2.AsyncClient) -> None:
    session = (await signed_in.get("/api/v1/session")).json()
    assert session["user"]["email"] == EMAIL
    assert [(a["slug"], a["role"], a["has_seat"]) for a in session["accounts"]] == [("a", "agent", True)]
    me = (await signed_in.get("/api/v1/me")).json()
    assert [permission for permission, may in me["can"].items() if may] == me["permissions"] == ["read", "answer"]
    assert (me["sees"], me["availability"]["state"], me["photo_url"]) == ("channels", "available", None)
    assert me["account"]["slug"] == "a"


async def test_cookie_is_out_of_reach_for_scripts_and_other_sites(browser: httpx2.AsyncClient, ann: int) -> None:
    cookie = (await browser.post("/api/v1/session", json=CREDENTIALS)).headers["set-cookie"]
    assert cookie.startswith("__Host-kanal_session=")
    assert {"HttpOnly", "SameSite=lax", "Secure", "Path=/"} <= set(cookie.split("; "))


async def test_wrong_password_and_unknown_email_look_alike(browser: httpx2.AsyncClient, ann: int) -> None:
    wrong = await browser.post("/api/v1/session", json={**CREDENTIALS, "password": "something else"})
    unknown = await browser.post("/api/v1/session", json={**CREDENTIALS, "email": "bob@example.com"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["type"] == "/problems/wrong-credentials"


async def test_sign_in_never_adopts_a_session_id_from_outside(browser: httpx2.AsyncClient, ann: int) -> None:
    browser.cookies.set("__Host-kanal_session", "planted", domain="desk.example.com")
    await browser.post("/api/v1/session", json=CREDENTIALS)
    browser.cookies.clear()
    planted = await browser.get("/api/v1/session", headers={"cookie": "__Host-kanal_session=planted"})
    assert planted.status_code == 401


async def test_signing_in_again_ends_the_older_session_of_that_browser(signed_in: httpx2.AsyncClient) -> None:
    await signed_in.post("/api/v1/session", json=CREDENTIALS)
    assert len((await signed_in.get("/api/v1/sessions")).json()["items"]) == 1


async def test_signed_out_session_stays_dead(signed_in: httpx2.AsyncClient) -> None:
    cookie = {"cookie": f"__Host-kanal_session={signed_in.cookies['__Host-kanal_session']}"}
    assert (await signed_in.delete("/api/v1/session")).status_code == 204
    assert "__Host-kanal_session" not in signed_in.cookies
    assert (await signed_in.get("/api/v1/session", headers=cookie)).json()["type"] == "/problems/sign-in"


async def test_reading_writes_nothing_to_the_session(signed_in: httpx2.AsyncClient, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        before = connection.execute("select xmin::text, s from sessions s").fetchall()
        await signed_in.get("/api/v1/me")
        assert connection.execute("select xmin::text, s from sessions s").fetchall() == before
    assert len(before) == 1


async def test_database_holds_no_usable_session(signed_in: httpx2.AsyncClient, database_url: str) -> None:
    secret = signed_in.cookies["__Host-kanal_session"]
    with psycopg.connect(database_url) as connection:
        (row,) = connection.execute("select s::text, encode(id_hash, 'escape') from sessions s").fetchall()
    assert secret not in str(row)


async def test_sessions_are_listed_and_can_be_ended(signed_in: httpx2.AsyncClient, app: Litestar) -> None:
    async with web.browser(app, ip="198.51.100.4") as other:
        await other.post("/api/v1/session", json=CREDENTIALS)
        items = (await signed_in.get("/api/v1/sessions")).json()["items"]
        assert [(s["ip"], s["current"]) for s in items] == [("198.51.100.4", False), ("203.0.113.7", True)]
        assert (await signed_in.delete(f"/api/v1/sessions/{items[0]['id']}")).status_code == 204
        assert (await other.get("/api/v1/session")).status_code == 401


async def test_sign_in_is_an_event_in_each_account(signed_in: httpx2.AsyncClient, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        names = connection.execute("select name from events order by seq").fetchall()
    assert names[-1] == ("member.signed_in",)


async def test_deactivated_user_is_out_at_once(signed_in: httpx2.AsyncClient, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update users set deactivated_at = now()")
    assert (await signed_in.get("/api/v1/me")).status_code == 401
    assert (await signed_in.post("/api/v1/session", json=CREDENTIALS)).status_code == 401


async def test_sign_in_is_limited_per_address_and_client(browser: httpx2.AsyncClient, app: Litestar, ann: int) -> None:
    for _ in range(10):
        await browser.post("/api/v1/session", json={**CREDENTIALS, "password": "guess"})
    refused = await browser.post("/api/v1/session", json=CREDENTIALS)
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/rate-limited")
    assert int(refused.headers["retry-after"]) > 0
    async with web.browser(app, ip="198.51.100.4") as elsewhere:
        assert (await elsewhere.post("/api/v1/session", json=CREDENTIALS)).status_code == 201
