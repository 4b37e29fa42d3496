"""Codes of an authenticator app."""

from __future__ import annotations

import httpx2
import psycopg
import pyotp
import pytest
from litestar import Litestar

from kanal.kit.db import Database
from tests.api.http.conftest import EMAIL, PASSWORD
from tests.make import web

CREDENTIALS = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
async def app_of_ann(signed_in: httpx2.AsyncClient, database_url: str) -> pyotp.TOTP:
    """Her authenticator app; the code that turned it on does not block the ones of the tests."""
    enrolment = (await signed_in.post("/api/v1/user/totp")).json()
    totp = pyotp.TOTP(enrolment["secret"])
    assert (await signed_in.put("/api/v1/user/totp", json={"code": totp.now()})).status_code == 204
    with psycopg.connect(database_url) as connection:
        connection.execute("update users set totp_used = 0")
    return totp


async def _sign_in(app: Litestar, code: str | None) -> httpx2.Response:
    async with web.browser(app) as browser:
        return await browser.post("/api/v1/session", json={**CREDENTIALS, "totp": code})


async def test_enrolment_shows_the_secret_as_a_picture(signed_in: httpx2.AsyncClient) -> None:
    answer = await signed_in.post("/api/v1/user/totp")
    assert answer.status_code == 201
    enrolment = answer.json()
    assert pyotp.parse_uri(enrolment["uri"]).secret == enrolment["secret"]
    assert enrolment["svg"].startswith("<svg ")


async def test_secret_counts_only_once_a_code_was_given(signed_in: httpx2.AsyncClient, app: Litestar) -> None:
    await signed_in.post("/api/v1/user/totp")
    assert (await _sign_in(app, None)).status_code == 201
    wrong = await signed_in.put("/api/v1/user/totp", json={"code": "000000"})
    assert (wrong.status_code, wrong.json()["type"]) == (401, "/problems/totp-wrong")


async def test_database_holds_the_secret_encrypted(app_of_ann: pyotp.TOTP, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        (stored,) = connection.execute("select totp_secret from users").fetchone() or (b"",)
    assert app_of_ann.secret.encode() not in stored


async def test_code_is_asked_for_after_the_right_password_only(app: Litestar, app_of_ann: pyotp.TOTP) -> None:
    assert (await _sign_in(app, None)).json()["type"] == "/problems/totp-required"
    assert (await _sign_in(app, "000000")).json()["type"] == "/problems/totp-wrong"
    async with web.browser(app) as browser:
        guess = await browser.post("/api/v1/session", json={**CREDENTIALS, "password": "wrong password"})
    assert guess.json()["type"] == "/problems/wrong-credentials"


async def test_code_is_good_once(app: Litestar, app_of_ann: pyotp.TOTP) -> None:
    code = app_of_ann.now()
    assert (await _sign_in(app, code)).status_code == 201
    assert (await _sign_in(app, code)).json()["type"] == "/problems/totp-wrong"


async def test_turning_off_takes_the_password(
    signed_in: httpx2.AsyncClient, app: Litestar, app_of_ann: pyotp.TOTP
) -> None:
    wrong = await signed_in.request("DELETE", "/api/v1/user/totp", json={"password": "wrong password"})
    assert wrong.json()["type"] == "/problems/wrong-credentials"
    right = await signed_in.request("DELETE", "/api/v1/user/totp", json={"password": PASSWORD})
    assert right.status_code == 204
    assert (await _sign_in(app, None)).status_code == 201


async def test_second_enrolment_does_not_replace_the_one_in_use(
    signed_in: httpx2.AsyncClient, app_of_ann: pyotp.TOTP
) -> None:
    assert (await signed_in.post("/api/v1/user/totp")).status_code == 409


async def test_reset_link_does_not_get_around_the_code(
    db: Database, browser: httpx2.AsyncClient, app_of_ann: pyotp.TOTP, reset_token: str
) -> None:
    path, new = f"/api/v1/one-time-links/{reset_token}", {"password": "a new long password"}
    assert (await browser.post(path, json=new)).json()["type"] == "/problems/totp-required"
    assert (await browser.post(path, json={**new, "totp": app_of_ann.now()})).status_code == 201
