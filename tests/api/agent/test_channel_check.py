"""The wizard's questions: do these settings work, and how is the mailbox of this address reached."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kanal.api.agent import channel_check
from kanal.api.agent import channels as api
from kanal.kinds.email.discovery import NOTHING
from kanal.kit.db import Database
from tests.make import accounts, certificates, channels, web
from tests.make.mail_server import MailServer, mail_server

HANDLERS = (api.connect_channel, api.list_channels, channel_check.check_channel, channel_check.discover_channel)


@pytest.fixture
async def admin(db: Database, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = web.app(db, web.settings(tmp_path), HANDLERS, kinds={"email": channels.email_kind()})
    account = await accounts.account(db)
    async with web.program(app, await token(db, account)) as client:
        yield client


async def token(db: Database, account: int) -> str:
    return await accounts.token(db, account, await accounts.member(db, account, "admin@a.example", "admin"))


async def check(admin: httpx2.AsyncClient, smtp: dict[str, Any], **more: Any) -> httpx2.Response:
    body = {"kind": "email", "settings": {"address": "support@demo.example", "smtp": smtp}, **more}
    return await admin.post("/api/v1/channels/check", json=body)


def at(server: MailServer, **more: Any) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": server.port, "security": "none", "user": "u", **more}


async def connected(admin: httpx2.AsyncClient, smtp: dict[str, Any]) -> str:
    settings = {"method": "forwarding", "address": "support@demo.example", "smtp": smtp}
    made = await admin.post("/api/v1/channels", json={"kind": "email", "name": "S", "settings": settings})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def test_what_the_server_said_is_answered_and_nothing_is_stored(admin: httpx2.AsyncClient) -> None:
    async with mail_server(password=b"right") as server:
        answer = await check(admin, at(server, password="right"))
    assert answer.status_code == 200
    assert answer.json() == {"said": {"smtp": "250 OK"}, "folders": []}
    assert (await admin.get("/api/v1/channels")).json()["items"] == []


async def test_wrong_password_is_named(admin: httpx2.AsyncClient) -> None:
    async with mail_server(password=b"right") as server:
        answer = await check(admin, at(server, password="wrong"))
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (422, "smtp.password")
    assert "535" in error["message"]


async def test_a_certificate_that_nobody_vouches_for_is_shown_and_can_be_accepted(
    admin: httpx2.AsyncClient, tmp_path: Path
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificates.self_signed(tmp_path, "localhost"))
    async with mail_server(tls=context) as server:
        smtp = {"host": "localhost", "port": server.port, "security": "tls"}
        doubted = await check(admin, smtp)
        shown = doubted.json()["certificate"]
        assert (doubted.status_code, doubted.json()["errors"][0]["field"]) == (422, "smtp.certificate")
        assert (shown["subject"], shown["issuer"], len(shown["fingerprint"])) == ("CN=localhost", "CN=localhost", 64)
        assert (await check(admin, {**smtp, "certificate": shown["fingerprint"]})).status_code == 200
        another = await check(admin, {**smtp, "certificate": "0" * 64})
    assert another.json()["errors"][0]["field"] == "smtp.certificate"
    assert "another certificate" in another.json()["errors"][0]["message"]


async def test_a_connected_channel_lends_its_password(admin: httpx2.AsyncClient) -> None:
    async with mail_server(password=b"right") as server:
        channel = await connected(admin, at(server, password="right"))
        answer = await check(admin, at(server), channel_id=channel)
    assert answer.status_code == 200, answer.text


async def test_but_not_to_another_host(admin: httpx2.AsyncClient) -> None:
    async with mail_server(password=b"right") as server:
        channel = await connected(admin, at(server, password="right"))
        answer = await check(admin, at(server, host="localhost"), channel_id=channel)
    assert answer.json()["errors"][0]["field"] == "smtp.password"


async def test_a_channel_of_another_account_lends_nothing(admin: httpx2.AsyncClient, db: Database) -> None:
    other = await channels.email_channel(db, await accounts.account(db, slug="other"))
    answer = await check(admin, {"host": "127.0.0.1"}, channel_id=str(other))
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["check", "discover"])
async def test_a_kind_that_is_not_here_is_named(admin: httpx2.AsyncClient, path: str) -> None:
    more: dict[str, Any] = {"settings": {}} if path == "check" else {"address": "a@b.example"}
    answer = await admin.post(f"/api/v1/channels/{path}", json={"kind": "telex", **more})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "kind")


async def test_how_a_mailbox_is_reached_is_found_out(admin: httpx2.AsyncClient) -> None:
    answer = await admin.post("/api/v1/channels/discover", json={"kind": "email", "address": "shop@gmail.com"})
    found = answer.json()
    assert (found["method"], found["provider"], found["source"]) == ("imap", "Google", "preset")
    assert found["settings"]["smtp"]["host"] == "smtp.gmail.com"


async def test_what_is_no_address_finds_nothing(admin: httpx2.AsyncClient) -> None:
    answer = await admin.post("/api/v1/channels/discover", json={"kind": "email", "address": "support"})
    assert (answer.status_code, answer.json()["method"]) == (200, NOTHING.method)
