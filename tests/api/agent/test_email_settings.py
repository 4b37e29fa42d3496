"""A mail channel's settings through the API: what is stored, what is shown of it, and how it changes afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from kanal.api.agent import channels as api
from kanal.api.agent import kinds
from kanal.kit.crypto import Keyring
from kanal.kit.db import Database
from tests.make import accounts, channels, web

IMAP = {"host": "imap.demo.example", "password": "s3cret-in", "folders": ["INBOX", "Orders"]}
SMTP = {"host": "smtp.demo.example", "user": "u", "password": "s3cret-out"}
SETTINGS: dict[str, Any] = {"method": "imap", "address": "support@demo.example", "imap": IMAP, "smtp": SMTP}
HANDLERS = (api.connect_channel, api.get_channel, api.change_channel, kinds.list_kinds)


@pytest.fixture
async def admin(db: Database, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = web.app(db, web.settings(tmp_path), HANDLERS, kinds={"email": channels.email_kind()})
    account = await accounts.account(db)
    member = await accounts.member(db, account, "admin@a.example", "admin")
    async with web.program(app, await accounts.token(db, account, member)) as client:
        yield client


async def connected(db: Database, admin: httpx2.AsyncClient, **changes: Any) -> dict[str, Any]:
    """Without signing in."""
    async with db.transaction(None) as tx:
        account = await tx.value("select id from accounts")
    channel = await channels.email_channel(db, account, keyring=Keyring(["test"]), **{**SETTINGS, **changes})
    shown: dict[str, Any] = (await admin.get(f"/api/v1/channels/{channel}")).json()
    return shown


async def changed(admin: httpx2.AsyncClient, channel: dict[str, Any], **settings: Any) -> dict[str, Any]:
    answer = await admin.patch(f"/api/v1/channels/{channel['id']}", json={"settings": settings})
    assert answer.status_code == 200, answer.text
    now: dict[str, Any] = answer.json()["settings"]
    return now


async def test_eml_5_a_mailbox_is_read_where_it_is_or_forwards_to_us(admin: httpx2.AsyncClient) -> None:
    [kind] = (await admin.get("/api/v1/kinds")).json()["items"]
    assert [method["key"] for method in kind["methods"]] == ["imap", "forwarding"]
    assert {key: kind["capabilities"][key] for key in ("fetched", "forwards", "acknowledges")} == {
        "fetched": True,
        "forwards": True,
        "acknowledges": True,
    }


async def test_what_is_left_out_is_completed_and_no_secret_is_ever_shown(
    db: Database, admin: httpx2.AsyncClient
) -> None:
    made = await connected(db, admin)
    imap = made["settings"]["imap"]
    assert (imap["port"], imap["security"], imap["user"]) == (993, "tls", "support@demo.example")
    assert (imap["has_password"], imap["has_token"], imap["save_sent"]) == (True, False, True)
    assert "s3cret" not in str(made)


async def test_eml_6_from_name_address_and_signature_can_be_changed_afterwards(
    db: Database, admin: httpx2.AsyncClient
) -> None:
    made = await connected(db, admin)
    now = await changed(
        admin,
        made,
        address="hello@demo.example",
        from_name={"mode": "company", "company": "Ljus & Form"},
        signature_html="<p>{{agent.first_name}}</p>",
    )
    assert (now["address"], now["from_name"]["company"]) == ("hello@demo.example", "Ljus & Form")
    assert now["signature_html"] == "<p>{{agent.first_name}}</p>"
    assert now["imap"] == made["settings"]["imap"]


async def test_a_password_stays_until_another_is_typed_and_leaves_with_its_host(
    db: Database, admin: httpx2.AsyncClient
) -> None:
    made = await connected(db, admin)
    assert (await changed(admin, made, imap={"folders": ["INBOX"]}))["imap"]["has_password"] is True
    moved = {"settings": {"imap": {"host": "imap.elsewhere.example"}}}
    refused = await admin.patch(f"/api/v1/channels/{made['id']}", json=moved)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "settings.imap.password")


async def test_a_mailbox_that_forwards_from_now_on_is_read_no_more_and_its_password_is_gone(
    admin: httpx2.AsyncClient, db: Database
) -> None:
    made = await connected(db, admin)
    assert (await changed(admin, made, method="forwarding"))["imap"] is None
    back = await admin.patch(f"/api/v1/channels/{made['id']}", json={"settings": {"method": "imap"}})
    assert back.json()["errors"][0]["field"] == "settings.imap.host"


@pytest.mark.parametrize(
    ("imap", "field"),
    [
        (None, "imap.host"),
        ({"password": "p"}, "imap.host"),
        ({"host": "a b", "password": "p"}, "imap.host"),
        ({"host": "imap", "password": ""}, "imap.password"),
        ({"host": "imap", "auth": "xoauth2", "password": "p"}, "imap.token"),
        ({"host": "imap", "auth": "ntlm", "password": "p"}, "imap.auth"),
        ({"host": "imap", "password": "p", "port": 0}, "imap.port"),
        ({"host": "imap", "password": "p\r\nx"}, "imap.password"),
        ({"host": "imap", "password": "p", "folders": []}, "imap.folders"),
        ({"host": "imap", "password": "p", "folders": ["IN\r\nBOX"]}, "imap.folders"),
        ({"host": "imap", "password": "p", "history_from": "yesterday"}, "imap.history_from"),
        ({"host": "imap", "password": "p", "certificate": "abc"}, "imap.certificate"),
    ],
)
async def test_wrong_settings_of_a_mailbox_name_their_field(
    admin: httpx2.AsyncClient, imap: dict[str, Any] | None, field: str
) -> None:
    body = {"kind": "email", "name": "S", "settings": {**SETTINGS, "imap": imap}, "accepted": True}
    answer = await admin.post("/api/v1/channels", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, f"settings.{field}")


async def test_a_fingerprint_is_taken_as_any_program_writes_it(db: Database, admin: httpx2.AsyncClient) -> None:
    pairs = ":".join(["AB"] * 32)
    made = await connected(db, admin, imap={**IMAP, "certificate": pairs})
    assert made["settings"]["imap"]["certificate"] == "ab" * 32
