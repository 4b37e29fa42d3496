"""Teams, their main and extra members, and what becomes of a channel whose only team ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.make import people
from tests.make.people import field, kind
from tests.make.said import said
from tests.make.site import Site

NOBODY = "00000000-0000-7000-8000-000000000001"


@pytest.fixture
async def chief(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "cia", "super_admin") as client:
        yield client


async def make(chief: httpx2.AsyncClient, name: str = "Lamps", *members: UUID, **more: Any) -> dict[str, Any]:
    body = {"name": name, "members": [{"id": str(member)} for member in members], **more}
    answer = await chief.post("teams", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def open_to(site: Site, *teams: str) -> None:
    async with site.db.transaction(site.account) as tx:
        await tx.run("update channels set open_to = 'teams'")
        await tx.insert("channel_teams", [{"channel_id": site.channel, "team_id": UUID(team)} for team in teams])


async def main_spans(site: Site) -> set[str]:
    async with site.db.transaction(site.account) as tx:
        return set(await tx.values("select value from member_spans where what = 'team' and to_at is null"))


async def test_team_is_made_with_main_and_extra_members(site: Site, chief: httpx2.AsyncClient) -> None:
    ann, bob = await site.member("ann"), await site.member("bob")
    members = [{"id": str(ann), "is_main": True}, {"id": str(bob), "is_main": False}]
    team = (await chief.post("teams", json={"name": " Lamps ", "members": members})).json()
    assert (team["name"], team["members"]) == ("Lamps", members)
    assert (await chief.get("teams")).json()["items"] == [team]
    assert (await chief.get(f"members/{bob}")).json()["teams"] == [{"id": team["id"], "is_main": False}]
    assert await main_spans(site) == {team["id"]}


async def test_team_is_renamed_and_its_members_said_anew(site: Site, chief: httpx2.AsyncClient) -> None:
    ann, bob = await site.member("ann"), await site.member("bob")
    team = await make(chief, "Lamps", ann)
    changed = {"name": "Lights", "members": [{"id": str(bob)}]}
    shown = (await chief.patch(f"teams/{team['id']}", json=changed)).json()
    assert (shown["name"], shown["member_ids"]) == ("Lights", [str(bob)])
    async with site.db.transaction(site.account) as tx:
        told = await tx.values("select data->'fields' from events where name = 'team.changed' order by seq")
    assert told == [["name", "members"], ["name", "members"]]


async def test_change_that_changes_nothing_tells_nothing(site: Site, chief: httpx2.AsyncClient) -> None:
    team = await make(chief, "Lamps", await site.member("ann"))
    await chief.patch(f"teams/{team['id']}", json={"name": "Lamps", "members": team["members"]})
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select count(*) from events where name = 'team.changed'") == 1


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "Desks"}, "name"),
        ({"members": [{"id": NOBODY}]}, "members"),
        ({"members": [{"id": "{ann}"}, {"id": "{ann}", "is_main": False}]}, "members"),
        ({"members": [{"id": "{ann}", "boss": True}]}, "members.0.boss"),
    ],
)
async def test_wrong_team_is_refused_by_field(
    site: Site, chief: httpx2.AsyncClient, wrong: dict[str, Any], named: str
) -> None:
    ann = await site.member("ann")
    await make(chief, "Desks")
    team = await make(chief, "Lamps", ann)
    for member in wrong.get("members", []):
        member["id"] = member["id"].format(ann=ann)
    assert field(await chief.post("teams", json={"name": "New", **wrong})) == named
    assert field(await chief.patch(f"teams/{team['id']}", json=wrong)) == named
    assert (await chief.get("teams")).json()["items"][1] == team


async def test_deleted_team_leaves_its_tickets_with_no_team(site: Site, chief: httpx2.AsyncClient) -> None:
    team = await make(chief, "Lamps", await site.member("ann"))
    await site.hear(said("Hello"))
    async with site.db.transaction(site.account) as tx:
        await tx.run("update tickets set team_id = %s", (UUID(team["id"]),))
    assert (await chief.delete(f"teams/{team['id']}")).status_code == 204
    assert (await chief.get("teams")).json()["items"] == []
    assert await main_spans(site) == set()
    async with site.db.transaction(site.account) as tx:
        assert await tx.values("select team_id from tickets") == [None]


async def test_only_team_of_a_channel_is_not_deleted_unasked(site: Site, chief: httpx2.AsyncClient) -> None:
    team = await make(chief, "Lamps", await site.member("ann"))
    await open_to(site, team["id"])
    answer = await chief.delete(f"teams/{team['id']}")
    assert (answer.status_code, kind(answer)) == (409, "team-in-use")
    assert answer.json()["channels"] == [{"id": str(site.channel), "name": "Support"}]
    assert len((await chief.get("teams")).json()["items"]) == 1


async def test_forced_end_of_a_team_opens_the_channel_to_nobody(site: Site, chief: httpx2.AsyncClient) -> None:
    """K17: what was closed to others stays closed to them."""
    team = await make(chief, "Lamps", await site.member("ann"))
    await open_to(site, team["id"])
    [fate] = await site.hear(said("Hello"))
    async with people.caller(site, "ann") as ann:
        assert (await ann.get(f"tickets/{fate.ticket_id}")).status_code == 200
        answer = await chief.request("DELETE", f"teams/{team['id']}", json={"force": True})
        assert answer.status_code == 204
        assert (await ann.get(f"tickets/{fate.ticket_id}")).status_code == 404
    assert (await chief.get(f"tickets/{fate.ticket_id}")).status_code == 200


async def test_one_of_two_teams_of_a_channel_is_deleted_unasked(site: Site, chief: httpx2.AsyncClient) -> None:
    lamps, desks = await make(chief, "Lamps"), await make(chief, "Desks")
    await open_to(site, lamps["id"], desks["id"])
    assert (await chief.delete(f"teams/{lamps['id']}")).status_code == 204
    async with site.db.transaction(site.account) as tx:
        assert await tx.value("select channel_id from events where name = 'channel.changed'") == site.channel
