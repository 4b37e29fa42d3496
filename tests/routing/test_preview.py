"""A message followed through rules before they are saved: the whole way, and nothing written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import psycopg
import pytest

from kanal.contacts import actions as contacts
from kanal.contacts.models import ContactChange
from kanal.kit.db import document
from kanal.people import spans
from kanal.routing import history
from tests.make import roles
from tests.make.said import said
from tests.make.site import Site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    """Ada previews; Ana and Bo may have tickets."""
    await site.member("ana")
    await site.member("bo")
    async with await site.program("ada", "admin") as client:
        yield client


async def _preview(site: Site, client: httpx2.AsyncClient, **asked: Any) -> dict[str, Any]:
    answer = await client.post(f"/api/v1/channels/{site.channel}/route-preview", json=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _to(site: Site, *names: str, **more: Any) -> dict[str, Any]:
    return {"assign": "members", "to": {"users": [str(site.members[name]) for name in names], "teams": []}, **more}


VIP = {"field": "contact.email_domain", "operator": "is", "value": "VIP.example"}
LATE = {"field": "message.text", "operator": "contains", "value": "late"}


async def test_unsaved_rules_are_followed_with_their_reasons(site: Site, admin: httpx2.AsyncClient) -> None:
    rules = [
        {"name": "VIP", "when": {"all": [VIP, {"not": LATE}]}, "to": {"users": [str(site.members["bo"])], "teams": []}},
        {"name": "Late", "when": LATE, "to": {"users": [str(site.members["ana"])], "teams": []}},
    ]
    routing = _to(site, "ana", "bo", rules=rules, properties={"priority": "high"})
    message = {"from": "Kim@vip.example", "from_name": "Kim", "subject": "Parcel", "text": "My parcel is LATE"}
    found = await _preview(site, admin, routing=routing, message=message)
    assert found["contact"] == {"id": None, "name": "Kim", "email": "kim@vip.example", "is_new": True, "owner": None}
    assert found["properties"] == {"priority": "high"}
    vip, late = found["rules"]
    assert (vip["holds"], late["holds"], found["rule"]["number"]) == (False, True, 2)
    assert vip["because"] == ["Email domain is VIP.example: yes", "Text contains late: yes"]
    assert (found["assignee"]["name"], found["outcome"], found["why"]) == ("Ana Agent", "assigned", "chosen")
    assert found["text"] == "Given to Ana Agent by the rule Late."
    assert [(each["name"], each["chosen"]) for each in found["candidates"]] == [("Ana Agent", True)]


async def test_a_question_that_does_not_hold_says_what_is(site: Site, admin: httpx2.AsyncClient) -> None:
    rules = [{"when": VIP}, {"when": {}}, {"when": {}, "active": False}]
    found = await _preview(site, admin, routing=_to(site, "ana", rules=rules), message={"from": "kim@kund.example"})
    assert [rule["because"] for rule in found["rules"]] == [
        ["Email domain is VIP.example: no, it is kund.example"],
        ["It has no condition, so it always holds."],
        ["It is switched off."],
    ]


async def test_a_message_that_came_in_is_followed_by_the_stored_rules(site: Site, admin: httpx2.AsyncClient) -> None:
    [first] = await site.hear(said("Hello", "eva@kund.example", name="Eva Ek", cc=("boss@kund.example",)))
    [second] = await site.hear(said("Again", "eva@kund.example", subject="Other"))
    async with site.db.transaction(site.account) as tx:
        [contact] = await tx.values("select id from contacts")
        await contacts.change(tx, contact, ContactChange(owner_id=site.members["ana"]), None)
        routing = {"assign": "contact_owner", "fallback": {"users": [str(site.members["bo"])], "teams": []}}
        asks = [{"field": "message.to", "operator": "has_any_of", "value": ["boss@kund.example"]}]
        await history.store(tx, site.channel, {**routing, "rules": [{"when": {"all": asks}}]}, actor=None)
    found = await _preview(site, admin, message_id=str(first.message_id))
    assert found["contact"]["owner"]["name"] == found["assignee"]["name"] == "Ana Agent"
    assert (found["contact"]["is_new"], found["rule"]["number"], found["why"]) == (True, 1, "owner")
    assert not (await _preview(site, admin, message_id=str(second.message_id)))["contact"]["is_new"]


async def test_nobody_is_explained_too(site: Site, admin: httpx2.AsyncClient) -> None:
    async with site.db.transaction(site.account) as tx:
        await tx.run("update members set capacity = %s where id = %s", (document({"total": 0}), site.members["ana"]))
        await spans.follow(tx, [site.members["ana"]])
    found = await _preview(site, admin, routing=_to(site, "ana"), message={"from": "kim@kund.example"})
    assert (found["outcome"], found["why"], found["assignee"]) == ("waiting", "all_full", None)
    assert found["candidates"][0]["reasons"][0]["text"] == "full, 0 of 0"


async def test_it_writes_nothing_at_all(site: Site, admin: httpx2.AsyncClient, database_url: str) -> None:
    await site.hear(said("Hello"))
    before = _everything(database_url)
    message = {"from": "new@kund.example", "subject": "x", "text": "y"}
    headers = {"idempotency-key": "once"}
    path = f"/api/v1/channels/{site.channel}/route-preview"
    body = {"routing": _to(site, "ana", rules=[{"when": {}}]), "message": message}
    assert (await admin.post(path, json=body)).json()["assignee"]
    assert _everything(database_url) == before
    assert (await admin.post(path, json=body, headers=headers)).status_code == 200
    now = _everything(database_url)
    assert {table for table in now if now[table] != before[table]} == {"idempotency_keys"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "message_id"),
        ({"message": {"from": "kim"}}, "message.from"),
        (
            {"message": {"from": "k@x.example"}, "routing": {"rules": [{"when": {"field": "x"}}]}},
            "routing.rules.0.when",
        ),
        ({"message": {"from": "k@x.example"}, "routing": {"assign": "x"}}, "routing.assign"),
    ],
)
async def test_what_is_wrong_is_named(site: Site, admin: httpx2.AsyncClient, asked: dict[str, Any], field: str) -> None:
    answer = await admin.post(f"/api/v1/channels/{site.channel}/route-preview", json=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith(field)


async def test_a_message_that_the_asker_may_not_see_is_not_there(site: Site, admin: httpx2.AsyncClient) -> None:
    [fate] = await site.hear(said("Hello"))
    await roles.give(site.db, site.account, site.members["ada"], "own", roles.ALL)
    path = f"/api/v1/channels/{site.channel}/route-preview"
    async with site.db.transaction(site.account) as tx:
        await tx.run("update tickets set assignee_id = %s", (site.members["bo"],))
    assert (await admin.post(path, json={"message_id": str(fate.message_id)})).status_code == 404


def _everything(url: str) -> dict[str, Any]:
    """Every row of every table, and every sequence."""
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "select relname from pg_class where relkind in ('r', 'S') and relnamespace = 'public'::regnamespace"
        ).fetchall()
        return {
            name: sorted(connection.execute(f"select row(t.*)::text from {name} t".encode()).fetchall())
            for (name,) in names
        }
