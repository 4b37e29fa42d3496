"""What members are, who may change it, and that nobody gives away more than they have."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from kanal.api.agent.member_out import members_out
from kanal.kit.db import Database
from kanal.people import queries
from kanal.people.skills import actions as skills
from tests.make import accounts, people
from tests.make.people import field, kind
from tests.make.said import said
from tests.make.site import Site
from tests.make.statements import counted

OWN = {"title": "Support", "chat_name": "Annie", "timezone": "Europe/Stockholm", "country": "SE", "name": "Ann A"}
WEEK = {"mon": [["09:00", "17:30"]]}


@pytest.fixture
async def chief(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "cia", "super_admin") as client:
        yield client


@pytest.fixture
async def agent(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "ann") as client:
        yield client


async def change(client: httpx2.AsyncClient, member: UUID, **what: Any) -> httpx2.Response:
    return await client.patch(f"members/{member}", json=what)


async def manager(site: Site, chief: httpx2.AsyncClient, name: str, *permissions: Any, **more: Any) -> UUID:
    """A member with a role that has just these permissions; their program is had by `people.caller`."""
    role = await people.role(chief, name, *permissions, **more)
    member = await site.member(name, "viewer")
    assert (await change(chief, member, role=role["key"])).status_code == 200
    return member


async def test_member_is_shown_with_all_that_routing_knows(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    shown = (await chief.get(f"members/{ann}")).json()
    assert (shown["seat"], shown["has_seat"], shown["active"], shown["role"]) == (True, True, True, "agent")
    assert (shown["teams"], shown["capacity"], shown["working_hours"], shown["timezone"]) == ([], {}, None, "UTC")
    assert shown["availability"]["state"] == "available"
    assert shown["load"] == {"total": 0, "calling": 0, "messaging": 0, "email": 0}


async def test_everybody_changes_their_own_profile(site: Site, agent: httpx2.AsyncClient) -> None:
    answer = await change(agent, site.members["ann"], **OWN, working_hours=WEEK)
    assert {name: answer.json()[name] for name in OWN} == OWN
    assert answer.json()["working_hours"] == WEEK
    me = (await agent.get("me")).json()
    assert (me["name"], me["title"], me["chat_name"]) == ("Ann A", "Support", "Annie")


@pytest.mark.parametrize(
    "what",
    [{"role": "super_admin"}, {"seat": False}, {"teams": []}, {"skills": []}, {"capacity": {"total": 9}}],
)
async def test_nobody_makes_themselves_more(site: Site, agent: httpx2.AsyncClient, what: dict[str, Any]) -> None:
    before = (await agent.get(f"members/{site.members['ann']}")).json()
    assert (await change(agent, site.members["ann"], **what)).status_code == 403
    assert (await agent.get(f"members/{site.members['ann']}")).json() == before


async def test_token_that_only_reads_changes_no_profile(site: Site, db: Database) -> None:
    ann = await site.member("ann")
    async with people.caller(site, "ann") as client:
        assert (await change(client, ann, title="x")).status_code == 200
        async with db.transaction(site.account) as tx:
            await tx.run("update api_tokens set scopes = '{read}'")
        assert (await change(client, ann, title="y")).status_code == 403


async def test_hours_of_others_take_manage_availability(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    async with people.caller(site, "adam", "admin") as admin:
        assert (await change(admin, ann, working_hours=WEEK)).json()["working_hours"] == WEEK
        assert (await change(admin, ann, title="x")).status_code == 403
    await manager(site, chief, "mona", "manage_members")
    async with people.caller(site, "mona") as mona:
        assert (await change(mona, ann, title="x")).status_code == 200
        assert (await change(mona, ann, timezone="Asia/Tokyo")).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": " "}, "name"),
        ({"title": "x" * 101}, "title"),
        ({"chat_name": "a\u200bb"}, "chat_name"),
        ({"role": "nobody"}, "role"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"country": "XX"}, "country"),
        ({"working_hours": {"mon": [["17:00", "09:00"]]}}, "working_hours.mon.0"),
        ({"working_hours": {"someday": [["09:00", "17:00"]]}}, "working_hours.someday"),
        ({"capacity": {"total": -1}}, "capacity.total"),
        ({"capacity": {"total": 3, "email": 3}}, "capacity"),
        ({"capacity": {"fax": 3}}, "capacity.fax"),
        ({"teams": [{"id": "00000000-0000-7000-8000-000000000001"}]}, "teams"),
        ({"skills": [{"id": "00000000-0000-7000-8000-000000000001"}]}, "skills"),
        ({"seat": "yes"}, "seat"),
    ],
)
async def test_what_no_member_can_be_is_refused_by_field(
    site: Site, chief: httpx2.AsyncClient, wrong: dict[str, Any], named: str
) -> None:
    ann = await site.member("ann")
    before = (await chief.get(f"members/{ann}")).json()
    assert field(await change(chief, ann, **wrong)) == named
    assert (await chief.get(f"members/{ann}")).json() == before


async def test_teams_are_set_as_main_or_extra_and_kept_as_spans(
    site: Site, chief: httpx2.AsyncClient, db: Database
) -> None:
    ann = await site.member("ann")
    lamps, desks = [(await chief.post("teams", json={"name": name})).json()["id"] for name in ("Lamps", "Desks")]
    shown = await change(chief, ann, teams=[{"id": lamps}, {"id": desks, "is_main": False}])
    assert sorted(shown.json()["team_ids"]) == sorted([lamps, desks])
    spans = "select value from member_spans where what = 'team' and to_at is null"
    async with db.transaction(site.account) as tx:
        assert await tx.values(spans) == [lamps]
    await change(chief, ann, teams=[{"id": desks}])
    async with db.transaction(site.account) as tx:
        assert await tx.values(spans) == [desks]


async def test_limits_are_set_and_kept_as_spans(site: Site, chief: httpx2.AsyncClient, db: Database) -> None:
    ann = await site.member("ann")
    assert (await change(chief, ann, capacity={"email": 5})).json()["capacity"] == {"email": 5}
    assert (await change(chief, ann, capacity={"total": 3})).json()["capacity"] == {"total": 3}
    assert (await change(chief, ann, capacity={})).json()["capacity"] == {}
    async with db.transaction(site.account) as tx:
        spans = await tx.dicts("select value, to_at from member_spans where what = 'capacity' order by from_at")
    assert [row["value"] for row in spans] == ['{"email": 5}', '{"total": 3}']
    assert all(row["to_at"] for row in spans)


async def test_skills_are_given_and_taken_and_kept_as_spans(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    async with site.db.transaction(site.account) as tx:
        [swedish, finnish] = await skills.add_languages(tx, ["sv", "fi"], None)
    wanted = [{"id": str(swedish.id), "level": "secondary"}, {"id": str(finnish.id), "level": "main"}]
    shown = (await change(chief, ann, skills=wanted)).json()
    assert [(skill["name"], skill["level"]) for skill in shown["skills"]] == [
        ("Finnish", "main"),
        ("Swedish", "secondary"),
    ]
    await change(chief, ann, skills=[wanted[0]])
    async with site.db.transaction(site.account) as tx:
        open_ = await tx.values("select value from member_spans where what = 'skill' and to_at is null")
    assert open_ == [str(swedish.id)]


async def test_member_who_loses_the_seat_keeps_their_tickets(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    [fate] = await site.hear(said("Hello"))
    async with site.db.transaction(site.account) as tx:
        await tx.run("update tickets set assignee_id = %s", (ann,))
    assert (await change(chief, ann, seat=False)).json()["has_seat"] is False
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select assignee_id from tickets where id = %s", (fate.ticket_id,)) == ann
        assert await tx.value("select to_at from member_spans where what = 'seat' and member_id = %s", (ann,))


async def test_nobody_gives_away_what_they_may_not_do(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann", "viewer")
    mona = await manager(site, chief, "mona", "manage_members", sees="channels")
    async with people.caller(site, "mona") as client:
        assert field(await change(client, ann, role="admin")) == "role"
        assert field(await change(client, mona, role="super_admin")) == "role"
        invitation = {"email": "new@a.example", "role": "agent"}
        assert field(await client.post("members", json=invitation)) == "role"
        wanted = {"name": "Spies", "permissions": ["read", "see_raw"], "sees": "own"}
        assert field(await client.post("roles", json=wanted)) == "permissions"
        wanted = {"name": "Eyes", "permissions": ["read"], "sees": "all"}
        assert field(await client.post("roles", json=wanted)) == "sees"


async def test_nobody_touches_those_who_may_do_more(site: Site, chief: httpx2.AsyncClient) -> None:
    adam = await site.member("adam", "admin")
    await manager(site, chief, "mona", "manage_members")
    async with people.caller(site, "mona") as client:
        for answer in (
            await change(client, adam, role="viewer"),
            await change(client, adam, seat=False),
            await client.post(f"members/{adam}/deactivate", json={}),
        ):
            assert answer.status_code == 403
    assert (await chief.get(f"members/{adam}")).json()["role"] == "admin"


async def test_last_super_admin_stays_one(site: Site, chief: httpx2.AsyncClient) -> None:
    cia = site.members["cia"]
    assert kind(await change(chief, cia, role="admin")) == "last-super-admin"
    await chief.post("members", json={"email": "new@a.example", "role": "super_admin"})
    assert kind(await change(chief, cia, role="admin")) == "last-super-admin", "somebody invited is not there yet"
    await site.member("bob", "super_admin")
    assert (await change(chief, cia, role="admin")).json()["role"] == "admin"


async def test_name_of_somebody_who_works_elsewhere_too_is_theirs(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    assert (await change(chief, ann, name="Ann B")).json()["name"] == "Ann B"
    other = await accounts.account(site.db, "b")
    await accounts.member(site.db, other, f"ann@{site.account}.example")
    assert field(await change(chief, ann, name="Ann C")) == "name"


async def test_of_two_last_super_admins_who_demote_each_other_one_stays(site: Site, chief: httpx2.AsyncClient) -> None:
    bob, cia = await site.member("bob", "super_admin"), site.members["cia"]
    async with people.caller(site, "bob") as other:
        answers = await asyncio.gather(change(chief, bob, role="admin"), change(other, cia, role="admin"))
    assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select count(*) from members where role = 'super_admin'") == 1


async def test_new_name_is_told_in_every_account(site: Site, agent: httpx2.AsyncClient, db: Database) -> None:
    other = await accounts.account(db, "b")
    there = await accounts.member(db, other, f"ann@{site.account}.example")
    assert (await change(agent, site.members["ann"], name="Ann  B", title="x")).json()["name"] == "Ann B"
    async with db.transaction(other) as tx:
        told = await tx.values("select data from events where name = 'member.changed'")
    assert told == [{"member_id": str(there), "fields": ["name"]}]
    async with db.transaction(site.account) as tx:
        told = await tx.values("select data->'fields' from events where name = 'member.changed' order by seq")
    assert sorted(told) == [["name"], ["title"]]


async def test_change_tells_fields_and_no_words(site: Site, chief: httpx2.AsyncClient) -> None:
    ann = await site.member("ann")
    await change(chief, ann, title="Lamp expert", seat=False)
    await change(chief, ann, title="Lamp expert")
    async with site.db.transaction(site.account) as tx:
        [data] = await tx.values("select data from events where name = 'member.changed'")
    assert data == {"member_id": str(ann), "fields": ["has_seat", "title"]}


async def test_many_members_are_shown_by_as_few_statements_as_one(site: Site, db: Database) -> None:
    for name in ("ann", "bob", "carl"):
        await site.member(name)
    async with db.transaction(site.account) as tx:
        everybody = await queries.members(tx)
        with counted(tx) as for_one:
            await members_out(tx, everybody[:1])
        with counted(tx) as for_all:
            shown = await members_out(tx, everybody)
    assert [one.name.split()[0] for one in shown] == ["Ann", "Bob", "Carl"]
    assert len(for_all) == len(for_one) > 0
