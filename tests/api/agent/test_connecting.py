"""Connecting a mailbox and what is said of it afterwards: consent, proof, whose forwarded mail is, and refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from litestar import Litestar

from kanal.api.agent import channels as api
from kanal.kit.db import Database
from kanal.people import passwords
from kanal.views import visible
from tests.make import accounts, channels, web
from tests.make.imap_peer import peer, unwilling, willing
from tests.make.mail_server import mail_server
from tests.make.said import hear, said

PASSWORD = "correct horse battery"
HANDLERS = (
    *web.PEOPLE,
    api.list_channels,
    api.get_channel,
    api.connect_channel,
    api.change_channel,
    api.delete_channel,
    api.prove_channel,
)
Settings = dict[str, Any]


@pytest.fixture
def app(db: Database, tmp_path: Path) -> Litestar:
    return web.app(db, web.settings(tmp_path), HANDLERS, kinds={"email": channels.email_kind()})


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


@pytest.fixture
async def program(app: Litestar, db: Database, account: int) -> AsyncIterator[httpx2.AsyncClient]:
    ana = await accounts.member(db, account, "ana@a.example", "admin", name="Ana Admin")
    async with web.program(app, await accounts.token(db, account, ana)) as client:
        yield client


@pytest.fixture
async def wanted() -> AsyncIterator[Settings]:
    """A mailbox whose servers take the password."""
    sign_in = {"host": "127.0.0.1", "security": "none", "user": "support", "password": "s3cret"}
    async with peer(willing) as imap, mail_server(password=b"s3cret") as smtp:
        yield {
            "method": "imap",
            "address": "support@demo.example",
            "imap": {**sign_in, "port": imap.port, "folders": ["INBOX"]},
            "smtp": {**sign_in, "port": smtp.port},
            "from_name": {"mode": "company", "company": "Demo Ltd"},
            "signature_html": "<p>Demo Ltd</p>",
        }


async def connect(client: httpx2.AsyncClient, settings: Settings, **more: Any) -> httpx2.Response:
    body = {"kind": "email", "name": "Support", "settings": settings} | more
    return await client.post("/api/v1/channels", json=body)


async def test_a_mailbox_is_connected_as_callers_from_outside_know_it(
    program: httpx2.AsyncClient, wanted: Settings
) -> None:
    made = (await connect(program, wanted)).json()
    assert made["settings"]["imap"] | {"has_password": True, "folders": ["INBOX"]} == made["settings"]["imap"]
    assert "s3cret" not in str(made)
    assert (made["proof"], made["fetched"], made["authorized"], made["forwards_belong_to"]) == (
        "waiting",
        False,
        True,
        "original",
    )
    assert (made["last_in_at"], made["last_out_at"], made["acknowledgement"]["on"]) == (None, None, False)
    assert made["capabilities"]["starts"] is True


async def test_eml_10_a_program_agrees_for_the_member_whose_token_it_has(
    program: httpx2.AsyncClient, wanted: Settings
) -> None:
    accepted = (await connect(program, wanted)).json()["accepted"]
    assert (accepted["by"]["name"], accepted["at"] is not None) == ("Ana Admin", True)


async def test_eml_10_a_person_has_to_agree_before_anything_is_connected(
    app: Litestar, db: Database, account: int, wanted: Settings
) -> None:
    hashed = await passwords.make(PASSWORD)
    await accounts.member(db, account, "ana@a.example", "admin", name="Ana Admin", password_hash=hashed)
    async with web.browser(app) as browser:
        browser.headers["kanal-account"] = "a"
        await browser.post("/api/v1/session", json={"email": "ana@a.example", "password": PASSWORD})
        refused = await connect(browser, wanted)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "accepted")
        assert (await browser.get("/api/v1/channels")).json()["items"] == []
        made = await connect(browser, wanted, accepted=True)
        assert (made.status_code, made.json()["accepted"]["by"]["name"]) == (201, "Ana Admin")


async def test_eml_21_whose_forwarded_mail_is_can_be_changed(program: httpx2.AsyncClient, wanted: Settings) -> None:
    made = (await connect(program, wanted, forwards_belong_to="forwarder")).json()
    assert made["forwards_belong_to"] == "forwarder"
    changed = await program.patch(f"/api/v1/channels/{made['id']}", json={"forwards_belong_to": "original"})
    assert changed.json()["forwards_belong_to"] == "original"
    refused = await program.patch(f"/api/v1/channels/{made['id']}", json={"forwards_belong_to": "nobody"})
    assert refused.status_code == 422


async def test_an_acknowledgement_is_checked_and_kept(program: httpx2.AsyncClient, wanted: Settings) -> None:
    made = (await connect(program, wanted, acknowledgement={"on": True, "language": "sv"})).json()
    assert made["acknowledgement"] | {"on": True, "language": "sv"} == made["acknowledgement"]
    refused = await program.patch(
        f"/api/v1/channels/{made['id']}", json={"acknowledgement": {"on": True, "text": "{{nonsense}}"}}
    )
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "acknowledgement.text")


async def test_settings_that_make_no_sense_leave_nothing_half_connected(
    program: httpx2.AsyncClient, wanted: Settings
) -> None:
    refused = await connect(program, wanted | {"imap": {"host": "", "password": "x"}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "settings.imap.host")
    assert (await program.get("/api/v1/channels")).json()["items"] == []


async def test_eml_11_a_sign_in_that_is_refused_leaves_nothing_half_connected(
    program: httpx2.AsyncClient, wanted: Settings
) -> None:
    async with peer(unwilling) as imap:
        refused = await connect(program, wanted | {"imap": wanted["imap"] | {"port": imap.port}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "settings.imap.password")
    refused = await connect(program, wanted | {"smtp": wanted["smtp"] | {"password": "another"}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "settings.smtp.password")
    assert (await program.get("/api/v1/channels")).json()["items"] == []


async def test_a_mailbox_is_read_before_anything_can_leave_by_it(program: httpx2.AsyncClient, wanted: Settings) -> None:
    del wanted["smtp"]
    made = await connect(program, wanted)
    assert (made.status_code, made.json()["settings"]["smtp"]) == (201, None)


async def test_the_verification_mail_is_asked_for_again(
    db: Database, program: httpx2.AsyncClient, account: int, wanted: Settings
) -> None:
    made = (await connect(program, wanted)).json()
    async with db.transaction(account) as tx:
        await tx.run("update channels set prove_at = null")
    assert (await program.post(f"/api/v1/channels/{made['id']}/prove")).status_code == 202
    async with db.transaction(account) as tx:
        assert await tx.value("select prove_at from channels") is not None


async def test_nobody_is_mailed_without_end(program: httpx2.AsyncClient, wanted: Settings) -> None:
    made = (await connect(program, wanted)).json()
    answers = [(await program.post(f"/api/v1/channels/{made['id']}/prove")).status_code for _ in range(11)]
    assert answers == [202] * 10 + [429]


async def test_k1_an_address_is_connected_once_and_the_refusal_names_it_to_its_own_account_alone(
    app: Litestar, db: Database, program: httpx2.AsyncClient, wanted: Settings
) -> None:
    await connect(program, wanted)
    again = await connect(program, wanted, name="Second")
    assert (again.status_code, again.json()["channel_name"]) == (409, "Support")
    async with db.transaction(None) as tx:
        await tx.run("update addresses set proved_at = now()")
    other = await accounts.account(db, "b")
    bob = await accounts.member(db, other, "bob@b.example", "admin")
    async with web.program(app, await accounts.token(db, other, bob)) as theirs:
        refused = await connect(theirs, wanted)
        assert (refused.status_code, refused.json()["channel_name"]) == (409, None)
        assert "in use on this installation" in refused.json()["title"]
        assert (await theirs.get("/api/v1/channels")).json()["items"] == []


async def test_k1_who_lost_an_unproved_address_to_another_account_sees_it(
    app: Litestar, db: Database, program: httpx2.AsyncClient, account: int, wanted: Settings
) -> None:
    made = (await connect(program, wanted)).json()
    async with db.transaction(None) as tx:
        await tx.run("update addresses set claimed_at = now() - interval '73 hours'")
    other = await accounts.account(db, "b")
    bob = await accounts.member(db, other, "bob@b.example", "admin")
    async with web.program(app, await accounts.token(db, other, bob)) as theirs:
        assert (await connect(theirs, wanted)).status_code == 201
    seen = (await program.get(f"/api/v1/channels/{made['id']}")).json()
    assert (seen["proof"], seen["health"]["state"]) == ("lost", "attention")


async def test_eml_3_a_members_own_proved_address_cannot_become_a_team_address(
    db: Database, program: httpx2.AsyncClient, account: int, wanted: Settings
) -> None:
    bo = await accounts.member(db, account, "bo@a.example")
    async with db.transaction(account) as tx:
        await tx.run(
            """
            insert into addresses (space, key, account_id, member_id, proved_at, claimed_at)
            values ('email', 'support@demo.example', %s, %s, now(), now())
            """,
            (account, bo),
        )
    refused = await connect(program, wanted)
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (409, "address-in-use")
    assert (await program.get("/api/v1/channels")).json()["items"] == []


async def test_eml_34_a_deleted_channel_has_no_credentials_left_and_its_address_is_free(
    db: Database, program: httpx2.AsyncClient, account: int, wanted: Settings
) -> None:
    made = (await connect(program, wanted)).json()
    body = {"confirm_name": "Support"}
    deleted = await program.request("DELETE", f"/api/v1/channels/{made['id']}", json=body)
    assert deleted.status_code == 204
    async with db.transaction(account) as tx:
        assert await tx.value("select secrets is null and prove_at is null from channels") is True
    assert (await program.post(f"/api/v1/channels/{made['id']}/prove")).status_code == 409
    assert (await connect(program, wanted)).status_code == 201


async def test_eml_2_all_mail_of_a_team_address_is_visible_to_the_whole_team(
    app: Litestar, db: Database, program: httpx2.AsyncClient, account: int, wanted: Settings
) -> None:
    made = (await connect(program, wanted)).json()
    assert made["open_to"] == "account"
    [fate] = await hear(db, account, made["id"], said())
    assert fate.ticket_id is not None
    for role in ("agent", "viewer"):
        member = await accounts.member(db, account, f"{role}@a.example", role, has_seat=role == "agent")
        async with db.transaction(account) as tx:
            assert await visible.ticket_id(tx, member, fate.ticket_id) == fate.ticket_id


async def test_eml_20_a_sender_on_no_contact_record_gets_one(
    db: Database, program: httpx2.AsyncClient, account: int, wanted: Settings
) -> None:
    made = (await connect(program, wanted)).json()
    for text in ("The lamp is broken", "And the chair"):
        await hear(db, account, made["id"], said(text))
    async with db.transaction(account) as tx:
        contacts = await tx.dicts("select c.name, h.key from contacts c join handles h on h.contact_id = c.id")
    assert contacts == [{"name": "Eva Ek", "key": "eva@kund.example"}]
