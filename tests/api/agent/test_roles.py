"""Roles of an account's own: made, changed while people work, and deleted when nobody has them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from kanal.kit.db import Database
from tests.make import accounts, people, web
from tests.make.live import closes, hears, says, served
from tests.make.people import field, kind
from tests.make.site import Site


@pytest.fixture
async def chief(site: Site) -> AsyncIterator[httpx2.AsyncClient]:
    async with people.caller(site, "cia", "super_admin") as client:
        yield client


async def test_built_in_roles_come_first_and_own_ones_follow(site: Site, chief: httpx2.AsyncClient) -> None:
    await people.role(chief, "Zebra watch")
    await people.role(chief, "Ant watch", "answer", sees="own")
    items = (await chief.get("roles")).json()["items"]
    assert [role["key"] for role in items] == ["super_admin", "admin", "agent", "viewer", "zebra_watch", "ant_watch"]
    assert items[0] | {"permissions": []} == {
        "key": "super_admin",
        "name": "",
        "permissions": [],
        "sees": "all",
        "builtin": True,
        "members": 1,
    }
    assert (items[-1]["permissions"], items[-1]["sees"], items[-1]["members"]) == (["read", "answer"], "own", 0)


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Night shift"], ["night_shift"]),
        (["Café  – Öst"], ["cafe_ost"]),
        (["夜勤", "夜間"], ["role", "role_2"]),
        (["Agent"], ["agent_2"]),
        (["x" * 60], ["x" * 40]),
    ],
)
async def test_key_is_made_of_the_name(chief: httpx2.AsyncClient, names: list[str], keys: list[str]) -> None:
    assert [(await people.role(chief, name))["key"] for name in names] == keys


async def test_what_a_role_may_do_counts_from_the_next_request(site: Site, chief: httpx2.AsyncClient) -> None:
    role = await people.role(chief, "Night shift")
    nina = await site.member("nina", "viewer")
    assert (await chief.patch(f"members/{nina}", json={"role": role["key"], "seat": True})).status_code == 200
    async with people.caller(site, "nina") as client:
        assert (await client.post("tickets", json={"subject": "New"})).status_code == 403
        await chief.patch(f"roles/{role['key']}", json={"permissions": ["read", "answer"]})
        assert (await client.post("tickets", json={"subject": "New"})).status_code == 201
        me = (await client.get("me")).json()
        assert (me["permissions"], me["can"]["answer"], me["can"]["lead"]) == (["read", "answer"], True, False)


async def test_without_a_seat_what_takes_one_is_not_allowed(site: Site, chief: httpx2.AsyncClient) -> None:
    """K3: the permission alone does not do."""
    role = await people.role(chief, "Planner", "edit_routing", "answer")
    nina = await site.member("nina", "viewer", has_seat=False)
    await chief.patch(f"members/{nina}", json={"role": role["key"]})
    async with people.caller(site, "nina") as client:
        me = (await client.get("me")).json()
    assert me["permissions"] == ["read", "answer", "edit_routing"]
    assert (me["can"]["edit_routing"], me["can"]["answer"], me["can"]["read"]) == (False, False, True)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "NIGHT shift"}, "name"),
        ({"permissions": ["answer"]}, "permissions"),
        ({"permissions": ["read", "fly"]}, "permissions.1"),
        ({"sees": "nothing"}, "sees"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_wrong_role_is_refused_by_field(chief: httpx2.AsyncClient, wrong: dict[str, Any], named: str) -> None:
    await people.role(chief, "Night shift")
    other = await people.role(chief, "Day shift")
    whole = {"name": "New", "permissions": ["read"], "sees": "all"} | wrong
    assert field(await chief.post("roles", json=whole)) == named
    assert field(await chief.patch(f"roles/{other['key']}", json=wrong)) == named


async def test_built_in_roles_stay_as_they_are(chief: httpx2.AsyncClient) -> None:
    assert kind(await chief.patch("roles/super_admin", json={"permissions": ["read"]})) == "builtin-role"
    assert kind(await chief.delete("roles/viewer")) == "builtin-role"


async def test_role_in_use_is_not_deleted_and_says_by_how_many(site: Site, chief: httpx2.AsyncClient) -> None:
    role = await people.role(chief, "Night shift")
    for name in ("nina", "nils"):
        member = await site.member(name, "viewer")
        await chief.patch(f"members/{member}", json={"role": role["key"]})
    answer = await chief.delete(f"roles/{role['key']}")
    assert (answer.status_code, kind(answer), answer.json()["members"]) == (409, "role-in-use", 2)
    for name in ("nina", "nils"):
        await chief.patch(f"members/{site.members[name]}", json={"role": "viewer"})
    assert (await chief.delete(f"roles/{role['key']}")).status_code == 204
    assert (await chief.delete(f"roles/{role['key']}")).status_code == 404


async def test_nobody_raises_their_own_role(site: Site, chief: httpx2.AsyncClient) -> None:
    role = await people.role(chief, "Hiring", "manage_members")
    mona = await site.member("mona", "viewer")
    await chief.patch(f"members/{mona}", json={"role": role["key"]})
    async with people.caller(site, "mona") as client:
        wanted = {"permissions": ["read", "manage_members", "see_raw"]}
        assert field(await client.patch(f"roles/{role['key']}", json=wanted)) == "permissions"
        assert (await client.patch(f"roles/{role['key']}", json={"name": "People"})).json()["name"] == "People"
        stronger = await people.role(chief, "Raw", "see_raw")
        assert (await client.patch(f"roles/{stronger['key']}", json={"permissions": ["read"]})).status_code == 403


async def test_renamed_role_keeps_its_key(chief: httpx2.AsyncClient) -> None:
    role = await people.role(chief, "Night shift")
    renamed = (await chief.patch(f"roles/{role['key']}", json={"name": "Late shift"})).json()
    assert (renamed["key"], renamed["name"]) == ("night_shift", "Late shift")


async def test_open_socket_hears_only_what_its_role_still_shows(site: Site, chief: httpx2.AsyncClient) -> None:
    role = await people.role(chief, "Watch", "see_raw")
    nina = await site.member("nina", "viewer")
    await chief.patch(f"members/{nina}", json={"role": role["key"]})
    async with served(site) as live, live.socket(await site.token(nina)) as socket:
        await says(socket)
        await chief.patch(f"roles/{role['key']}", json={"permissions": ["read"]})
        assert (await hears(socket, "role.changed"))["data"] == {"role": "watch", "fields": ["permissions"]}
        [feed] = site.hub._rooms[site.account].feeds
        assert feed.who.permissions == ("read",)


async def test_open_socket_of_somebody_who_is_deactivated_closes(site: Site, chief: httpx2.AsyncClient) -> None:
    nina = await site.member("nina")
    async with served(site) as live, live.socket(await site.token(nina)) as socket:
        await says(socket)
        assert (await chief.post(f"members/{nina}/deactivate", json={})).status_code == 200
        assert await closes(socket) == 4401


async def test_roles_of_another_account_are_not_there(site: Site, chief: httpx2.AsyncClient, db: Database) -> None:
    await people.role(chief, "Night shift")
    other = await accounts.account(db, "b")
    boss = await accounts.member(db, other, "bo@b.example", "super_admin")
    async with web.program(site.app, await accounts.token(db, other, boss)) as theirs:
        assert len((await theirs.get("/api/v1/roles")).json()["items"]) == 4
