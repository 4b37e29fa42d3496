"""/channels and /kinds as a program and an admin call them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from litestar import Litestar

from kanal.api.agent import channels as api
from kanal.api.agent import kinds
from kanal.inboxes import health
from kanal.kit.db import Database
from kanal.people import actions as people
from kanal.people.models import Role
from tests.make import accounts, channels, roles, web
from tests.make.mail_server import mail_server

HANDLERS = (
    kinds.list_kinds,
    api.list_channels,
    api.get_channel,
    api.connect_channel,
    api.change_channel,
    api.delete_channel,
    api.prove_channel,
    api.send_test_mail,
    api.preview_channel,
)
NEW = {"kind": "email", "name": "Support", "settings": {"method": "forwarding", "address": "support@demo.example"}}


@pytest.fixture
async def account(db: Database) -> int:
    return await accounts.account(db)


@pytest.fixture
def app(db: Database, tmp_path: Path) -> Litestar:
    return web.app(db, web.settings(tmp_path), HANDLERS, kinds={"email": channels.email_kind()})


@pytest.fixture
async def admin(app: Litestar, db: Database, account: int) -> AsyncIterator[httpx2.AsyncClient]:
    async with web.program(app, await token(db, account, "admin")) as client:
        yield client


async def token(db: Database, account: int, role: Role) -> str:
    member = await accounts.member(db, account, f"{role}@a{account}.example", role, name=f"Ana {role}")
    return await accounts.token(db, account, member)


async def connected(admin: httpx2.AsyncClient, **settings: Any) -> dict[str, Any]:
    answer = await admin.post("/api/v1/channels", json={**NEW, "settings": {**NEW["settings"], **settings}})  # type: ignore[dict-item]
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_kinds_bring_the_forms_to_draw(admin: httpx2.AsyncClient) -> None:
    [kind] = (await admin.get("/api/v1/kinds")).json()["items"]
    assert (kind["kind"], [method["key"] for method in kind["methods"]]) == ("email", ["imap", "forwarding"])
    for method in kind["methods"]:
        assert {"name": "address", "type": "email", "required": True}.items() <= method["settings_form"][0].items()
    assert kind["capabilities"]["inline_images"] is True


async def test_new_channel_answers_the_address_to_forward_to(admin: httpx2.AsyncClient) -> None:
    made = await connected(admin)
    assert made["settings"]["forwarding_address"].endswith("@desk.example.com")
    assert (made["health"]["state"], made["held"], made["first_mail_at"]) == ("waiting", 0, None)
    assert (await admin.get("/api/v1/channels")).json()["items"] == [made]
    assert (await admin.get(f"/api/v1/channels/{made['id']}")).json() == made


async def test_password_is_never_answered(admin: httpx2.AsyncClient) -> None:
    made = await connected(admin, smtp={"host": "mx.demo.example", "user": "u", "password": "s3cret"})
    assert made["settings"]["smtp"]["has_password"] is True
    assert "s3cret" not in (await admin.get("/api/v1/channels")).text


async def test_k1_second_channel_for_an_address_is_refused_and_named_to_its_account_only(
    app: Litestar, db: Database, admin: httpx2.AsyncClient
) -> None:
    await connected(admin)
    again = await admin.post("/api/v1/channels", json=NEW)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/address-in-use")
    assert again.json()["channel_name"] == "Support"
    other = await accounts.account(db, "b")
    async with web.program(app, await token(db, other, "admin")) as stranger:
        theirs = await stranger.post("/api/v1/channels", json=NEW)
    assert theirs.json()["channel_name"] is None
    assert "in use on this installation" in theirs.json()["title"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"settings": {"address": "none"}}, "settings.address"),
        ({"settings": {"address": "a@b.se", "smtp": {"host": "x", "port": 0}}}, "settings.smtp.port"),
        ({"kind": "telex"}, "kind"),
        ({"name": " "}, "name"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_wrong_bodies_name_the_field(admin: httpx2.AsyncClient, changes: dict[str, Any], field: str) -> None:
    answer = await admin.post("/api/v1/channels", json={**NEW, **changes})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    assert [e["field"] for e in answer.json()["errors"]] == [field]


async def test_k16_switched_off_channel_says_so(admin: httpx2.AsyncClient) -> None:
    made = await connected(admin)
    answer = await admin.patch(f"/api/v1/channels/{made['id']}", json={"active": False})
    assert (answer.json()["active"], answer.json()["health"]["state"]) == (False, "off")


async def test_settings_are_merged(admin: httpx2.AsyncClient) -> None:
    made = await connected(admin)
    answer = await admin.patch(f"/api/v1/channels/{made['id']}", json={"settings": {"from_name": {"company": "Ljus"}}})
    assert answer.json()["settings"] == made["settings"] | {"from_name": {"mode": "agent_company", "company": "Ljus"}}


async def test_deleting_wants_the_name_typed(admin: httpx2.AsyncClient) -> None:
    made = await connected(admin)
    path = f"/api/v1/channels/{made['id']}"
    wrong = await admin.request("DELETE", path, json={"confirm_name": "Sup"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "confirm_name")
    assert (await admin.request("DELETE", path, json={"confirm_name": "Support"})).status_code == 204
    assert (await admin.get("/api/v1/channels")).json()["items"] == []
    assert (await admin.get(path)).json()["deleted_at"] is not None
    gone = await admin.patch(path, json={"active": True})
    assert (gone.status_code, gone.json()["type"]) == (409, "/problems/conflict")


async def test_k17_channel_of_other_teams_is_not_there_for_an_agent(
    app: Litestar, db: Database, account: int, admin: httpx2.AsyncClient
) -> None:
    made = await connected(admin)
    async with db.transaction(account) as tx:
        team = (await people.create_team(tx, "Lamps", [])).id
    wanted = {"open_to": "teams", "team_ids": [str(team)]}
    assert (await admin.patch(f"/api/v1/channels/{made['id']}", json=wanted)).json()["team_ids"] == [str(team)]
    async with web.program(app, await token(db, account, "agent")) as agent:
        assert (await agent.get("/api/v1/channels")).json()["items"] == []
        assert (await agent.get(f"/api/v1/channels/{made['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": "x"}),
        ("DELETE", "", {"confirm_name": "Support"}),
        ("POST", "/prove", {}),
        ("POST", "/test-mail", {"to": "a@b.se"}),
    ],
)
async def test_k17_who_manages_channels_does_nothing_with_those_of_other_teams(
    app: Litestar, db: Database, account: int, admin: httpx2.AsyncClient, method: str, path: str, body: dict[str, Any]
) -> None:
    made = await connected(admin)
    async with db.transaction(account) as tx:
        team = (await people.create_team(tx, "Lamps", [])).id
    url = f"/api/v1/channels/{made['id']}"
    await admin.patch(url, json={"open_to": "teams", "team_ids": [str(team)]})
    member = await accounts.member(db, account, "mia@a.example")
    await roles.give(db, account, member, "channels", ["read", "manage_channels"])
    async with web.program(app, await accounts.token(db, account, member)) as mia:
        assert (await mia.request(method, url + path, json=body)).status_code == 404
    assert (await admin.get(url)).json()["deleted_at"] is None


async def test_agent_sees_channels_without_the_servers_behind_them(
    app: Litestar, db: Database, account: int, admin: httpx2.AsyncClient
) -> None:
    await connected(admin, smtp={"host": "mx.demo.example", "user": "u", "password": "s3cret"})
    async with web.program(app, await token(db, account, "agent")) as agent:
        [seen] = (await agent.get("/api/v1/channels")).json()["items"]
    assert "smtp" not in seen["settings"]


CALLS = [
    ("POST", "", NEW),
    ("PATCH", "/{id}", {"name": "x"}),
    ("DELETE", "/{id}", {"confirm_name": "Support"}),
    ("POST", "/{id}/test-mail", {"to": "a@b.se"}),
    ("POST", "/preview", {"settings": {}}),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_only_those_who_manage_channels_may(
    app: Litestar, db: Database, account: int, admin: httpx2.AsyncClient, method: str, path: str, body: dict[str, Any]
) -> None:
    made = await connected(admin)
    url = "/api/v1/channels" + path.format(id=made["id"])
    for role in ("viewer", "agent"):
        async with web.program(app, await token(db, account, role)) as caller:
            assert (await caller.request(method, url, json=body)).status_code == 403
    async with web.program(app) as nobody:
        assert (await nobody.request(method, url, json=body)).status_code == 401


@pytest.mark.parametrize(("method", "path", "body"), [call for call in CALLS if "{id}" in call[1]])
async def test_channel_of_another_account_is_not_there(
    app: Litestar, db: Database, admin: httpx2.AsyncClient, method: str, path: str, body: dict[str, Any]
) -> None:
    made = await connected(admin)
    other = await accounts.account(db, "b")
    async with web.program(app, await token(db, other, "super_admin")) as stranger:
        url = "/api/v1/channels" + path.format(id=made["id"])
        assert (await stranger.request(method, url, json=body)).status_code == 404
    assert (await admin.get(f"/api/v1/channels/{uuid4()}")).status_code == 404


async def test_test_mail_is_really_sent(admin: httpx2.AsyncClient) -> None:
    async with mail_server() as server:
        smtp = {"host": "127.0.0.1", "port": server.port, "security": "none"}
        made = await connected(admin, smtp=smtp)
        answer = await admin.post(f"/api/v1/channels/{made['id']}/test-mail", json={"to": "me@demo.example"})
    assert answer.json() == {"sent": True, "server_said": "250 2.0.0 Queued as ABC123"}
    assert server.mails[0].rcpt_tos == ["me@demo.example"]


async def test_a_test_mail_that_leaves_ends_that_the_server_refused_us(
    db: Database, account: int, admin: httpx2.AsyncClient
) -> None:
    async with mail_server() as server:
        made = await connected(admin, smtp={"host": "127.0.0.1", "port": server.port, "security": "none"})
        async with db.transaction(account) as tx:
            await health.authorize(tx, UUID(made["id"]), False, health.WAY_OUT + "refused")
        await admin.post(f"/api/v1/channels/{made['id']}/test-mail", json={"to": "me@demo.example"})
    shown = (await admin.get(f"/api/v1/channels/{made['id']}")).json()
    assert (shown["authorized"], shown["health"]["state"]) == (True, "waiting")


async def test_test_mail_that_cannot_leave_names_the_setting(admin: httpx2.AsyncClient) -> None:
    made = await connected(admin)
    answer = await admin.post(f"/api/v1/channels/{made['id']}/test-mail", json={"to": "me@demo.example"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "settings.smtp.host")
    async with mail_server() as server:
        server.to_recipient["me@demo.example"] = "550 No"
        smtp = {"host": "127.0.0.1", "port": server.port, "security": "none"}
        await admin.patch(f"/api/v1/channels/{made['id']}", json={"settings": {"smtp": smtp}})
        answer = await admin.post(f"/api/v1/channels/{made['id']}/test-mail", json={"to": "me@demo.example"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "to")


async def test_preview_shows_what_recipients_will_see(admin: httpx2.AsyncClient) -> None:
    settings = {
        "address": "support@demo.example",
        "from_name": {"company": "Ljus"},
        "signature_html": "{{agent.first_name}}",
    }
    shown = await admin.post("/api/v1/channels/preview", json={"settings": settings})
    assert shown.json() == {"from": "Ana admin (Ljus) <support@demo.example>", "signature_html": "Ana"}
