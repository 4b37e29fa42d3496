"""Setting passwords: by oneself, by a mailed link, by the link of the first run."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx2
import psycopg
import pytest
import structlog.testing
from litestar import Litestar

from kanal.kit.db import Database
from kanal.people import first_run
from tests.api.http.conftest import EMAIL, PASSWORD
from tests.make import web
from tests.make.mail_server import mail_server

NEW = "a new long password"


async def _can_sign_in(app: Litestar, password: str) -> bool:
    async with web.browser(app) as browser:
        answer = await browser.post("/api/v1/session", json={"email": EMAIL, "password": password})
        return answer.status_code == 201


async def test_new_password_takes_the_old_one_and_ends_other_sessions(
    signed_in: httpx2.AsyncClient, app: Litestar
) -> None:
    async with web.browser(app) as other:
        await other.post("/api/v1/session", json={"email": EMAIL, "password": PASSWORD})
        wrong = await signed_in.put("/api/v1/user/password", json={"current": "wrong password", "new": NEW})
        assert wrong.json()["type"] == "/problems/wrong-credentials"
        right = await signed_in.put("/api/v1/user/password", json={"current": PASSWORD, "new": NEW})
        assert right.status_code == 204
        assert (await other.get("/api/v1/session")).status_code == 401
    assert (await signed_in.get("/api/v1/session")).status_code == 200
    assert [await _can_sign_in(app, PASSWORD), await _can_sign_in(app, NEW)] == [False, True]


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaa", EMAIL, "x" * 501])
async def test_weak_password_is_refused_by_its_field(signed_in: httpx2.AsyncClient, weak: str) -> None:
    answer = await signed_in.put("/api/v1/user/password", json={"current": PASSWORD, "new": weak})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "new")


async def test_reset_link_comes_by_mail_and_works_once(db: Database, ann: int, tmp_path: Path) -> None:
    async with mail_server() as server:
        app = web.app(db, web.settings(tmp_path, KANAL_SMTP_OUT=f"smtp://127.0.0.1:{server.port}"))
        async with web.browser(app) as browser:
            assert (await browser.post("/api/v1/password-resets", json={"email": "ANN@example.com"})).status_code == 202
            (mail,) = server.mails
            assert mail.rcpt_tos == [EMAIL]
            assert isinstance(mail.content, bytes)
            link = re.search(rb"https://desk\.example\.com/reset#(\S+)", mail.content)
            assert link
            path = f"/api/v1/one-time-links/{link[1].decode()}"
            about = {"purpose": "password_reset", "email": EMAIL, "name": "Ann Agent"}
            assert (await browser.get(path)).json() == about
            assert (await browser.post(path, json={"password": NEW})).status_code == 201
            assert (await browser.get("/api/v1/session")).json()["user"]["email"] == EMAIL
            assert (await browser.post(path, json={"password": NEW})).status_code == 404
            assert await _can_sign_in(app, NEW)


async def test_reset_of_nobody_is_answered_alike_and_mails_nobody(db: Database, ann: int, tmp_path: Path) -> None:
    async with mail_server() as server:
        app = web.app(db, web.settings(tmp_path, KANAL_SMTP_OUT=f"smtp://127.0.0.1:{server.port}"))
        async with web.browser(app) as browser:
            known = await browser.post("/api/v1/password-resets", json={"email": EMAIL})
            unknown = await browser.post("/api/v1/password-resets", json={"email": "bob@example.com"})
            nonsense = await browser.post("/api/v1/password-resets", json={"email": "x\r\nBcc: y"})
        assert {(a.status_code, a.text) for a in (known, unknown, nonsense)} == {(202, "{}")}
        assert len(server.mails) == 1


async def test_without_a_way_out_the_log_says_so_and_holds_neither_link_nor_address(
    browser: httpx2.AsyncClient, ann: int
) -> None:
    with structlog.testing.capture_logs() as logs:
        assert (await browser.post("/api/v1/password-resets", json={"email": EMAIL})).status_code == 202
    (line,) = [log for log in logs if log["event"] == "mail not sent"]
    assert "KANAL_SMTP_OUT" in line["reason"]
    assert "ann" not in str(logs)
    assert "#" not in str(logs)


async def test_one_address_gets_few_reset_mails(db: Database, ann: int, tmp_path: Path) -> None:
    async with mail_server() as server:
        app = web.app(db, web.settings(tmp_path, KANAL_SMTP_OUT=f"smtp://127.0.0.1:{server.port}"))
        async with web.browser(app) as browser:
            for _ in range(7):
                await browser.post("/api/v1/password-resets", json={"email": EMAIL})
        assert len(server.mails) == 5


async def test_reset_ends_all_sessions(signed_in: httpx2.AsyncClient, app: Litestar, reset_token: str) -> None:
    async with web.browser(app) as other:
        assert (await other.post(f"/api/v1/one-time-links/{reset_token}", json={"password": NEW})).status_code == 201
    assert (await signed_in.get("/api/v1/session")).status_code == 401


async def test_new_password_and_second_factor_stand_in_the_log_of_the_account(
    signed_in: httpx2.AsyncClient, db: Database, ann: int
) -> None:
    await signed_in.put("/api/v1/user/password", json={"current": PASSWORD, "new": NEW})
    await signed_in.request("DELETE", "/api/v1/user/totp", json={"password": NEW})
    async with db.transaction(ann) as tx:
        names = await tx.values("select name from events order by seq desc limit 2")
    assert names == ["member.second_factor_changed", "member.password_changed"]


async def test_expired_link_is_gone(browser: httpx2.AsyncClient, reset_token: str, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update one_time_links set expires_at = now() - %s", (timedelta(seconds=1),))
    assert (await browser.get(f"/api/v1/one-time-links/{reset_token}")).status_code == 404
    refused = await browser.post(f"/api/v1/one-time-links/{reset_token}", json={"password": NEW})
    assert refused.json()["type"] == "/problems/not-found"


async def test_weak_password_does_not_spend_the_link(browser: httpx2.AsyncClient, reset_token: str) -> None:
    path = f"/api/v1/one-time-links/{reset_token}"
    assert (await browser.post(path, json={"password": "short"})).json()["errors"][0]["field"] == "password"
    assert (await browser.post(path, json={"password": NEW})).status_code == 201


async def test_first_run_makes_a_super_admin_who_chooses_the_password(db: Database, app: Litestar) -> None:
    token = await first_run.link(db, "desk.example.com")
    async with web.browser(app) as browser:
        path = f"/api/v1/one-time-links/{token}"
        assert (await browser.get(path)).json()["purpose"] == "first_run"
        session = (await browser.post(path, json={"password": NEW, "name": "Ann"})).json()
    assert session["user"]["name"] == "Ann"
    assert [(a["slug"], a["role"]) for a in session["accounts"]] == [("desk", "super_admin")]
    assert await first_run.link(db, "desk.example.com") is None


async def test_each_start_before_the_first_sign_in_prints_a_link_that_works(db: Database, app: Litestar) -> None:
    first, second = [await first_run.link(db, "desk.example.com") for _ in range(2)]
    async with web.browser(app) as browser:
        assert (await browser.get(f"/api/v1/one-time-links/{first}")).status_code == 404
        assert (await browser.get(f"/api/v1/one-time-links/{second}")).status_code == 200


async def test_name_and_language_can_be_changed(signed_in: httpx2.AsyncClient) -> None:
    session = (await signed_in.patch("/api/v1/user", json={"name": "Ann A", "locale": "sv"})).json()
    assert (session["user"]["name"], session["user"]["locale"]) == ("Ann A", "sv")
    wrong = await signed_in.patch("/api/v1/user", json={"locale": "tlh"})
    assert wrong.json()["errors"][0]["field"] == "locale"
