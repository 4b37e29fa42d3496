"""Who works in the account, for everybody who may read there."""

from __future__ import annotations

import httpx2
from litestar import Litestar

from kanal.kit.db import Database
from kanal.people import actions
from tests.make import accounts, web


async def test_members_come_in_pages_and_only_of_the_own_account(app: Litestar, db: Database) -> None:
    account, other = await accounts.account(db, "a"), await accounts.account(db, "b")
    viewer = await accounts.member(db, account, "vi@example.com", role="viewer", has_seat=False)
    for name in ("ann", "bob"):
        await accounts.member(db, account, f"{name}@example.com", name=name)
    await accounts.member(db, other, "eve@example.com")
    async with web.program(app, await accounts.token(db, account, viewer)) as client:
        first = (await client.get("/api/v1/members", params={"limit": 2})).json()
        second = (await client.get("/api/v1/members", params={"limit": 2, "after": first["next"]})).json()
    assert [m["email"] for m in first["items"]] == ["vi@example.com", "ann@example.com"]
    assert [(m["name"], m["active"]) for m in second["items"]] == [("bob", True)]
    assert second["next"] is None


async def test_teams_name_their_members(app: Litestar, db: Database, signed_in: httpx2.AsyncClient) -> None:
    async with db.transaction(None) as tx:
        account = await tx.value("select id from accounts")
    bob = await accounts.member(db, account, "bob@example.com")
    async with db.transaction(account) as tx:
        await actions.create_team(tx, "Support", [bob])
        await actions.create_team(tx, "Billing", [])
    items = (await signed_in.get("/api/v1/teams")).json()["items"]
    assert [(t["name"], t["member_ids"]) for t in items] == [("Support", [str(bob)]), ("Billing", [])]


async def test_me_tells_what_the_screens_need(signed_in: httpx2.AsyncClient) -> None:
    me = (await signed_in.get("/api/v1/me")).json()
    assert (me["email"], me["mail_domain"], me["mail_domain_is_loopback"]) == (
        "ann@example.com",
        "desk.example.com",
        False,
    )
    assert (me["outgoing_mail_ready"], me["unread_notices"]) == (False, 0)
    assert me["live_cursor"] > 0
