"""Deactivating people: the door closes, nothing they did is lost, and what they had to do goes where it is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.people import passwords
from tests.make import accounts, people, web
from tests.make.people import field, kind
from tests.make.said import said
from tests.make.site import Site

PASSWORD = "correct horse battery"


@pytest.fixture
async def chief(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "cia", "super_admin") as client:
        yield client


async def ticket_of(site: Site, member: UUID) -> UUID:
    [fate] = await site.hear(said("Hello"))
    assert fate.ticket_id is not None
    async with site.db.transaction(site.account) as tx:
        await tx.run("update tickets set assignee_id = %s where id = %s", (member, fate.ticket_id))
    return fate.ticket_id


async def assignee(chief: httpx2.AsyncClient, ticket: UUID) -> Any:
    shown = (await chief.get(f"tickets/{ticket}")).json()
    return shown["assignee"] and UUID(shown["assignee"]["id"])


async def deactivate(chief: httpx2.AsyncClient, member: UUID, tickets: Any = "keep") -> httpx2.Response:
    return await chief.post(f"members/{member}/deactivate", json={"tickets": tickets})


async def test_the_next_request_does_not_get_in(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    async with people.caller(site, "ann") as client:
        assert (await client.get("me")).status_code == 200
        assert (await deactivate(chief, ann)).json() == {"hand_over_id": None}
        assert (await client.get("me")).status_code == 401
        shown = (await chief.post(f"members/{ann}/reactivate")).json()
        assert (shown["active"], shown["role"], shown["has_seat"]) == (True, "agent", True)
        assert (await client.get("me")).status_code == 200


async def test_session_goes_on_in_other_accounts(site: Site, chief: httpx2.AsyncClient) -> None:
    other, email = await accounts.account(site.db, "b"), "bea@b.example"
    await accounts.member(site.db, other, email, password_hash=await passwords.make(PASSWORD))
    bea = await accounts.member(site.db, site.account, email)
    async with web.browser(site.app) as browser:
        await browser.post("/api/v1/session", json={"email": email, "password": PASSWORD})
        await deactivate(chief, bea)
        answers = {
            slug: (await browser.get("/api/v1/me", headers={"kanal-account": slug})).status_code for slug in "ab"
        }
        session = (await browser.get("/api/v1/session")).json()
    assert answers == {"a": 404, "b": 200}
    assert [account["slug"] for account in session["accounts"]] == ["b"]


async def test_who_left_is_away_for_that_reason_and_holds_no_seat(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    await deactivate(chief, ann)
    shown = (await chief.get(f"members/{ann}")).json()
    assert (shown["active"], shown["availability"]["state"]) == (False, "away")
    assert shown["availability"]["why"] == "deactivated"
    await chief.post(f"members/{ann}/reactivate")
    assert (await chief.get(f"members/{ann}")).json()["availability"]["state"] == "available"
    async with site.db.transaction(site.account) as tx:
        spans = await tx.values("select to_at is null from member_spans where member_id = %s order by from_at", (ann,))
    assert spans == [False, True], "the time without a seat can be told"


async def test_what_they_said_and_have_stays(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    ticket = await ticket_of(site, ann)
    async with people.caller(site, "ann") as client:
        await client.post(f"tickets/{ticket}/comments", json={"text": "Mine"})
    await deactivate(chief, ann)
    assert await assignee(chief, ticket) == ann
    timeline = (await chief.get(f"tickets/{ticket}/timeline")).text
    assert "Mine" in timeline
    assert "Ann Agent" in timeline


async def test_tickets_are_given_to_a_colleague(site: Site, chief: httpx2.AsyncClient) -> None:
    ann, bob = await site.member("ann"), await site.member("bob")
    ticket = await ticket_of(site, ann)
    assert (await deactivate(chief, ann, {"to": str(bob)})).json()["hand_over_id"]
    assert await assignee(chief, ticket) == bob


async def test_tickets_go_back_to_the_queue(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    ticket = await ticket_of(site, ann)
    assert (await deactivate(chief, ann, "queue")).json()["hand_over_id"]
    assert await assignee(chief, ticket) is None


async def test_nobody_leaves_when_the_tickets_cannot_go_where_it_is_said(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    ticket = await ticket_of(site, ann)
    assert field(await deactivate(chief, ann, {"to": str(ann)}))
    assert field(await deactivate(chief, ann, "away with them"))
    assert (await chief.get(f"members/{ann}")).json()["active"]
    assert await assignee(chief, ticket) == ann


async def test_nobody_deactivates_themselves_or_the_last_super_admin(site: Site, chief: httpx2.AsyncClient) -> None:
    assert kind(await deactivate(chief, site.members["cia"])) == "conflict"
    await site.member("bob", "super_admin")
    async with people.caller(site, "bob") as bob:
        assert (await deactivate(bob, site.members["cia"])).status_code == 200
        assert kind(await deactivate(bob, site.members["bob"])) == "conflict"


async def test_leaving_twice_is_told_once(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    for _ in range(2):
        assert (await deactivate(chief, ann)).status_code == 200
    async with site.db.transaction(site.account) as tx:
        assert await tx.values("select data from events where name = 'member.deactivated'") == [{"member_id": str(ann)}]


async def test_rules_that_name_somebody_are_listed(site: Site, chief: httpx2.AsyncClient) -> None:
    """ROUTE-17: whoever leaves stays listed where rules name them."""
    ann = await site.member("ann")
    rule = {"id": "r", "name": "Lamps", "when": {}, "to": {"users": [str(ann)], "teams": []}}
    routing = {"rules": [rule], "assign": "members", "to": {"users": [str(ann)], "teams": []}}
    answer = await chief.patch(f"channels/{site.channel}", json={"routing": routing})
    assert answer.status_code == 200, answer.text
    await deactivate(chief, ann)
    channel = {"channel_id": str(site.channel), "channel_name": "Support"}
    assert (await chief.get(f"members/{ann}")).json()["uses"] == [
        {**channel, "where": "rule_to", "rule": {"number": 1, "name": "Lamps"}},
        {**channel, "where": "to", "rule": None},
    ]
    team = (await chief.post("teams", json={"name": "Desks"})).json()["id"]
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
        await tx.insert("channel_teams", [{"channel_id": site.channel, "team_id": UUID(team)}])
    async with people.caller(site, "vi", "viewer") as viewer:
        assert (await viewer.get(f"members/{ann}")).json()["uses"] == [], "they may not see the channel"
